using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class AuthParser
{
    public static bool TryParse(
        in PacketFrame frame, [NotNullWhen(true)] out AuthPacket? packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
