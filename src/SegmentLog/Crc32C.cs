using System.Buffers.Binary;
using System.Numerics;

namespace EdgeEnforcement.SegmentLog;

/// <summary>CRC-32C (Castagnoli, RFC 3720 B.4) by the processor's own instruction where it has one.</summary>
public static class Crc32C
{
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>Continues a finished value: Append(Compute(a), b) = Compute(a ‖ b).</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var state = ~crc;
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var b in bytes)
            state = BitOperations.Crc32C(state, b);
        return ~state;
    }
}
