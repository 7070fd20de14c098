using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class ConnectParser
{
    /// <param name="frame">The frame.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="answerIn">The version a refusal is to be written in: 5.0 if the client said 5 or more, else 3.1.1. Set also on a violation.</param>
    /// <param name="violation">What is wrong.</param>
    public static bool TryParse(
        in PacketFrame frame, [NotNullWhen(true)] out ConnectPacket? packet, out MqttVersion answerIn, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
