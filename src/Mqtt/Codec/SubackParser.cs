using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class SubackParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out SubackPacket? packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
