using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Merkle;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Checkpoints;

/// <summary>
/// Makes what is durable provable. One step:
///
///   1. take size and root of the tree the receipts were made from;
///   2. read the new entries back from the segments and hash them a second time;
///   3. compare the roots: a bit that flipped anywhere stops the shard here, before anything is signed;
///   4. write the tiles;
///   5. sign, make the signature durable, publish.
///
/// A crash after 4 leaves tiles of a size nobody signed: they are a prefix of the same tree and are written again. A crash
/// inside 5 leaves last-signed ahead of the published checkpoint; the start publishes it. One size is signed once.
/// </summary>
internal sealed class CheckpointStep(
    SegmentReader reader, LedgerTree tree, TileWriter tiles, SignedState signed, LedgerMetrics metrics, TimeProvider time)
{
    private SignedCheckpoint? _newest;

    public SignedCheckpoint? Newest => Volatile.Read(ref _newest);

    /// <summary>What was signed before is never signed again, only published again.</summary>
    public void Resume(SignedCheckpoint checkpoint)
    {
        signed.Publish(checkpoint);
        Volatile.Write(ref _newest, checkpoint);
    }

    public bool IsDue => Newest is not { } newest || newest.Checkpoint.Size < tree.Current().Size;

    public SignedCheckpoint Run()
    {
        var (size, root) = tree.Current();
        if (Newest is { } newest && newest.Checkpoint.Size == size)
            return newest;

        var started = time.GetTimestamp();
        var from = tiles.Size;
        ReadBack(size);
        if (tiles.Root() != root)
            throw new LedgerFatalException($"Entries {from} to {size - 1} read back from the segments do not give the root of what was acknowledged");
        tiles.Flush();
        var checkpoint = signed.Sign(size, root);
        Volatile.Write(ref _newest, checkpoint);
        metrics.CheckpointSigned(time.GetElapsedTime(started));
        return checkpoint;
    }

    private void ReadBack(ulong size)
    {
        if (tiles.Size == size)
            return;
        foreach (var record in reader.ReadFrom(new RecordIndex(tiles.Size), checked((int)(size - tiles.Size))))
        {
            if (record.BodyState is BodyState.Damaged or BodyState.Zeroed)
                throw new SegmentDamageException(record.File, record.Offset, record.Index, "salt and envelope do not read back as written");
            tiles.Append(MerkleHashing.Leaf(record.Head.Span));
        }
    }
}
