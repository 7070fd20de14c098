using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class DisconnectParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, PacketSender sender, [NotNullWhen(true)] out DisconnectPacket? packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
