using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger.Merkle;

/// <summary>
/// The tree over what is durable. The sequencer advances it after each flush; the checkpoint step asks for size and root
/// together, so that it compares what it re-read with exactly what was promised.
/// </summary>
internal sealed class LedgerTree(MerkleFrontier frontier)
{
    private readonly Lock _lock = new();

    public void Advance(IReadOnlyList<Append.StagedEntry> entries)
    {
        lock (_lock)
            foreach (var entry in entries)
                frontier.Append(entry.LeafHash);
    }

    public (ulong Size, Sha256Hash Root) Current()
    {
        MerkleFrontier copy;
        lock (_lock)
            copy = frontier.Clone();
        return (copy.Size, copy.Root());
    }
}
