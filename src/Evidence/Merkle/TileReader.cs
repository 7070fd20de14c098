using System.Numerics;

namespace EdgeEnforcement.Evidence;

/// <summary>Hashes of ranges of leaves out of tiles, for one tree size. Keeps the tiles it has read: made for one question, then dropped.</summary>
internal sealed class TileReader(ITileSource tiles, ulong treeSize)
{
    private readonly Dictionary<(int Level, ulong Index), byte[]> _read = [];

    /// <summary>MTH(D[start:end]) of RFC 6962 section 2.1; start is aligned to the largest power of two below the range's length, as the recursion makes it.</summary>
    internal bool TryRange(ulong start, ulong end, out Sha256Hash hash)
    {
        var count = end - start;
        if (BitOperations.IsPow2(count))
            return TrySubtree(BitOperations.Log2(count), start, out hash);

        var middle = start + LargestPowerBelow(count);
        hash = default;
        if (!TryRange(start, middle, out var left) || !TryRange(middle, end, out var right))
            return false;
        hash = MerkleHashing.Node(left, right);
        return true;
    }

    /// <summary>The largest power of two strictly smaller than the count (RFC 6962's k); the count is at least 2.</summary>
    internal static ulong LargestPowerBelow(ulong count) => 1UL << BitOperations.Log2(count - 1);

    private bool TrySubtree(int height, ulong start, out Sha256Hash hash)
    {
        var level = height / TileMath.TileHeight;
        var position = start >> (TileMath.TileHeight * level);
        var count = 1 << (height % TileMath.TileHeight);
        hash = default;
        if (!TryTile(level, position / TileMath.FullWidth, out var tile))
            return false;

        var offset = (int)(position % TileMath.FullWidth) * Sha256Hash.SizeBytes;
        if (offset + count * Sha256Hash.SizeBytes > tile.Length)
            return false;
        hash = MerkleHashing.PerfectRoot(tile.AsSpan(offset, count * Sha256Hash.SizeBytes));
        return true;
    }

    private bool TryTile(int level, ulong index, out byte[] tile)
    {
        if (_read.TryGetValue((level, index), out tile!)) // Set whenever the answer is true.
            return true;

        var width = TileMath.WidthOf(level, index, treeSize);
        tile = new byte[width * Sha256Hash.SizeBytes];
        if (width == 0 || !(tiles.TryReadTile(level, index, width, tile) || TryFromFullTile(level, index, tile)))
            return false;
        _read.Add((level, index), tile);
        return true;
    }

    // A log may drop a partial tile once the full one exists (tlog-tiles).
    private bool TryFromFullTile(int level, ulong index, byte[] tile)
    {
        if (tile.Length == TileMath.FullTileBytes)
            return false;
        Span<byte> full = stackalloc byte[TileMath.FullTileBytes];
        if (!tiles.TryReadTile(level, index, TileMath.FullWidth, full))
            return false;
        full[..tile.Length].CopyTo(tile);
        return true;
    }
}
