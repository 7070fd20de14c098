using System.Buffers;
using System.Buffers.Binary;

namespace EdgeEnforcement.Evidence;

/// <summary>Up to 256 leaves in a row, each with its length as uint16 big-endian before it (C2SP tlog-tiles, tile/entries).</summary>
public static class EntryBundle
{
    public const int MaxLeafBytes = ushort.MaxValue;

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> leaf)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaf.Length, MaxLeafBytes, nameof(leaf));
        var target = output.GetSpan(2 + leaf.Length);
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)leaf.Length);
        leaf.CopyTo(target[2..]);
        output.Advance(2 + leaf.Length);
    }

    /// <summary>Takes the next leaf off the front; false at the end and where the bytes do not reach.</summary>
    public static bool TryReadNext(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> leaf)
    {
        leaf = default;
        if (rest.Length < 2)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (rest.Length - 2 < length)
            return false;
        leaf = rest.Slice(2, length);
        rest = rest[(2 + length)..];
        return true;
    }

    /// <summary>Reads a bundle of exactly <paramref name="width"/> leaves with nothing after them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bundle, int width, out byte[][] leaves)
    {
        leaves = [];
        if (width is < 1 or > TileMath.FullWidth)
            return false;
        var read = new byte[width][];
        for (var i = 0; i < width; i++)
        {
            if (!TryReadNext(ref bundle, out var leaf))
                return false;
            read[i] = leaf.ToArray();
        }

        if (!bundle.IsEmpty)
            return false;
        leaves = read;
        return true;
    }
}
