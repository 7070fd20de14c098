using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Merkle;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>Tiles are derived and are not in a back-up: taken up where they are there, made from the segments where not.</summary>
internal static class RestoredTiles
{
    /// <exception cref="LedgerFatalException">The segments do not give the checkpoint's root.</exception>
    public static void Ensure(TileStore store, SegmentReader segments, Checkpoint checkpoint, ILogger log)
    {
        if (checkpoint.Size == 0)
            return;
        if (TileWriter.Resume(store, checkpoint.Size, checkpoint.Root) is not null)
        {
            store.Sync(); // looking for a tile may have made it
            return;
        }
        log.TilesRebuilt(checkpoint.Size);
        var tiles = TileWriter.Empty(store);
        foreach (var record in segments.ReadFrom(new RecordIndex(0)))
        {
            if (record.Index.Value == checkpoint.Size)
                break;
            tiles.Append(MerkleHashing.Leaf(record.Head.Span));
        }
        if (tiles.Size != checkpoint.Size || tiles.Root() != checkpoint.Root)
            throw new LedgerFatalException($"The segments do not give the root that was signed for size {checkpoint.Size}");
        tiles.Flush();
    }
}
