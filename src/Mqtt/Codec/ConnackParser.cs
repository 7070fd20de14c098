using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class ConnackParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out ConnackPacket? packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
