using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class PacketReader
{
    /// <summary>
    /// Looks at the fixed header. The limit is tested as soon as the length can be read, before any of the body is awaited.
    /// Flags and packet type are checked; the body is not looked at.
    /// </summary>
    public static FrameStatus TryRead(
        in ReadOnlySequence<byte> buffer, MqttVersion version, int maximumPacketBytes, out PacketFrame frame, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
