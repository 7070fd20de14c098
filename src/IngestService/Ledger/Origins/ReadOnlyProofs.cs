using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Merkle;

namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>Proofs under the one checkpoint there is. A larger one never comes; who waits for it waits until he gives up.</summary>
internal sealed class ReadOnlyProofs(LedgerOrigin origin, SignedCheckpoint signed, TileStore tiles) : ILedgerProofs
{
    private readonly MerkleProver _prover = new(tiles);

    public string Origin => origin.Name;

    public string VerifierKey => origin.VerifierKey;

    public SignedCheckpoint Newest => signed;

    public async ValueTask<SignedCheckpoint> WaitForSizeAsync(ulong size, CancellationToken cancellation)
    {
        if (signed.Checkpoint.Size < size)
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        return signed;
    }

    public IReadOnlyList<Sha256Hash>? Inclusion(EntryIndex index, ulong treeSize) =>
        treeSize <= signed.Checkpoint.Size && index.Value < treeSize && _prover.TryProveInclusion(index.Value, treeSize, out var path) ? path : null;

    public IReadOnlyList<Sha256Hash>? Consistency(ulong fromSize, ulong toSize) =>
        toSize <= signed.Checkpoint.Size && fromSize <= toSize && _prover.TryProveConsistency(fromSize, toSize, out var path) ? path : null;
}
