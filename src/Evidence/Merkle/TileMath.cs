namespace EdgeEnforcement.Evidence;

/// <summary>
/// Which tiles a tree of a given size has (C2SP tlog-tiles). Level l holds the roots of subtrees of 256^l leaves, 256 to a tile;
/// only complete subtrees stand in a tile, so a partial tile never feeds the level above.
/// </summary>
public static class TileMath
{
    public const int FullWidth = 256;
    public const int TileHeight = 8;
    public const int FullTileBytes = FullWidth * Sha256Hash.SizeBytes;

    /// <summary>256^8 leaves do not fit 64 bits, so no tree of ours has a level 8.</summary>
    public const int LevelCount = 8;

    /// <summary>The hashes at one level: floor(size / 256^level).</summary>
    public static ulong HashesAt(int level, ulong size) => level >= LevelCount ? 0 : size >> (TileHeight * level);

    /// <summary>How many hashes the tile has in a tree of this size; 0 when there is no such tile.</summary>
    public static int WidthOf(int level, ulong index, ulong size)
    {
        var hashes = HashesAt(level, size);
        if (index > hashes / FullWidth)
            return 0;
        return index < hashes / FullWidth ? FullWidth : (int)(hashes % FullWidth);
    }

    /// <summary>Every tile of a tree, level by level from the left.</summary>
    public static IEnumerable<TileCoordinate> TilesOf(ulong size) => NewTiles(0, size);

    /// <summary>The tiles of the larger tree that the smaller one lacked, or had with fewer hashes.</summary>
    public static IEnumerable<TileCoordinate> NewTiles(ulong fromSize, ulong toSize)
    {
        for (var level = 0; level < LevelCount; level++)
        {
            var before = HashesAt(level, fromSize);
            var after = HashesAt(level, toSize);
            if (after == 0)
                yield break;
            if (before == after)
                continue;

            for (var index = before / FullWidth; index < after / FullWidth; index++)
                yield return new TileCoordinate(level, index, FullWidth);
            if (after % FullWidth != 0)
                yield return new TileCoordinate(level, after / FullWidth, (int)(after % FullWidth));
        }
    }
}
