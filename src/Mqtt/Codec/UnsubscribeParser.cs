using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class UnsubscribeParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out UnsubscribePacket? packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
