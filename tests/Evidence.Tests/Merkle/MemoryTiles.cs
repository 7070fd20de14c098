namespace EdgeEnforcement.Evidence.Tests;

/// <summary>Tiles made from leaf hashes by their definition, served exactly in the widths of one tree size.</summary>
internal sealed class MemoryTiles : ITileSource
{
    private readonly Dictionary<TileCoordinate, byte[]> _tiles = [];

    internal MemoryTiles(IReadOnlyList<Sha256Hash> leafHashes)
    {
        var level = leafHashes.ToArray();
        for (var l = 0; level.Length > 0; l++)
        {
            for (var n = 0; n * TileMath.FullWidth < level.Length; n++)
            {
                var hashes = level.Skip(n * TileMath.FullWidth).Take(TileMath.FullWidth).ToArray();
                _tiles.Add(new TileCoordinate(l, (ulong)n, hashes.Length), [.. hashes.SelectMany(h => h.ToArray())]);
            }

            level = [.. level.Chunk(TileMath.FullWidth).Where(c => c.Length == TileMath.FullWidth).Select(c => ReferenceTree.Root(c))];
        }
    }

    internal IEnumerable<TileCoordinate> Coordinates => _tiles.Keys;

    internal void Add(TileCoordinate tile, ReadOnlySpan<Sha256Hash> hashes) =>
        _tiles.Add(tile, [.. hashes.ToArray().SelectMany(h => h.ToArray())]);

    internal bool Remove(TileCoordinate tile) => _tiles.Remove(tile);

    public bool TryReadTile(int level, ulong index, int width, Span<byte> destination)
    {
        if (!_tiles.TryGetValue(new TileCoordinate(level, index, width), out var tile))
            return false;
        tile.CopyTo(destination);
        return true;
    }
}
