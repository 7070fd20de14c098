using System.Buffers.Binary;

namespace EdgeEnforcement.EdgeAgent.Uplink.Mqtt;

/// Correlation Data as the door reads it: eight bytes, big-endian.
internal static class CorrelationBytes
{
    public static byte[] Of(ulong correlation)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, correlation);
        return bytes;
    }
}
