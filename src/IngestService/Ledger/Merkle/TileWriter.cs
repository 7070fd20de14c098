using System.Runtime.ExceptionServices;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger.Merkle;

/// <summary>
/// Grows the tiles with the tree. It holds the unfinished tile of each level and a frontier of its own, fed from what was read
/// back: its root is the second computation that a checkpoint needs. Owned by the checkpoint step.
/// </summary>
internal sealed class TileWriter
{
    /// <summary>Full tiles are gathered up to half a megabyte.</summary>
    private const int GatheredTiles = 64;

    // A flush is mostly waiting for the disk, and flushes that wait together share it: on a busy disk four at a time took an eighth of
    // the time of one after another (docs/benchmarks/2026-11-28-restart-verify-scrub.md). Up to here the one after another is quick.
    private const int WritersAtOnce = 4;
    private const int FewTiles = 8;

    private readonly TileStore _store;
    private readonly MerkleFrontier _frontier;
    private readonly byte[][] _edges = new byte[TileMath.LevelCount][];
    private readonly int[] _widths = new int[TileMath.LevelCount];
    private readonly bool[] _changed = new bool[TileMath.LevelCount];
    private readonly List<(int Level, ulong Index, byte[] Hashes)> _full = new(GatheredTiles);

    private TileWriter(TileStore store, MerkleFrontier frontier)
    {
        _store = store;
        _frontier = frontier;
        for (var level = 0; level < _edges.Length; level++)
            _edges[level] = new byte[TileMath.FullTileBytes];
    }

    public ulong Size => _frontier.Size;

    public Sha256Hash Root() => _frontier.Root();

    public MerkleFrontier Frontier => _frontier.Clone();

    public static TileWriter Empty(TileStore store) => new(store, new MerkleFrontier());

    /// <summary>Takes the tree of a size up again from its tiles. Null if they do not give the root that was signed.</summary>
    public static TileWriter? Resume(TileStore store, ulong size, Sha256Hash root)
    {
        if (!MerkleFrontier.TryFromTiles(store, size, out var frontier) || frontier is null || frontier.Root() != root)
            return null;
        var writer = new TileWriter(store, frontier);
        for (var level = 0; level < TileMath.LevelCount; level++)
        {
            var index = TileMath.HashesAt(level, size) / TileMath.FullWidth;
            var width = TileMath.WidthOf(level, index, size);
            writer._widths[level] = width;
            if (width > 0 && !store.TryReadTile(level, index, width, writer._edges[level].AsSpan(0, width * Sha256Hash.SizeBytes)))
                return null;
        }
        return writer;
    }

    public void Append(Sha256Hash leafHash)
    {
        var index = _frontier.Size;
        _frontier.Append(leafHash);
        var hash = leafHash;
        for (var level = 0; ; level++)
        {
            var edge = _edges[level];
            hash.CopyTo(edge.AsSpan(_widths[level] * Sha256Hash.SizeBytes));
            _widths[level]++;
            _changed[level] = true;
            if (_widths[level] < TileMath.FullWidth)
                return;

            var tile = index >> (TileMath.TileHeight * (level + 1));
            _full.Add((level, tile, edge.ToArray()));
            if (_full.Count == GatheredTiles)
                WriteFull();
            _widths[level] = 0;
            _changed[level] = false;
            hash = MerkleHashing.PerfectRoot(edge);
        }
    }

    private void WriteFull()
    {
        if (_full.Count <= FewTiles)
            _full.ForEach(WriteFull);
        else
            try
            {
                Parallel.ForEach(_full, new ParallelOptions { MaxDegreeOfParallelism = WritersAtOnce }, WriteFull);
            }
            catch (AggregateException several)
            {
                // They share a disk and a cause.
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }
        _full.Clear();
    }

    private void WriteFull((int Level, ulong Index, byte[] Hashes) tile)
    {
        _store.Write(tile.Level, tile.Index, tile.Hashes);
        _store.DeletePartials(tile.Level, tile.Index);
    }

    /// <summary>On return every tile of the tree as it is now is on disk.</summary>
    public void Flush()
    {
        WriteFull();
        for (var level = 0; level < TileMath.LevelCount; level++)
        {
            if (!_changed[level] || _widths[level] == 0)
                continue;
            var index = TileMath.HashesAt(level, Size) / TileMath.FullWidth;
            _store.Write(level, index, _edges[level].AsSpan(0, _widths[level] * Sha256Hash.SizeBytes));
            _changed[level] = false;
        }
        _store.Sync();
    }
}
