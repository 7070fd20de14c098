using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class SubscribeParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out SubscribePacket? packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
