using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class UnsubackParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out UnsubackPacket? packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
