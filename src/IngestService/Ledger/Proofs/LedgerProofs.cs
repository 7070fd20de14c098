using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Checkpoints;
using EdgeEnforcement.IngestService.Ledger.Merkle;

namespace EdgeEnforcement.IngestService.Ledger.Proofs;

internal sealed class LedgerProofs(
    string origin, string verifierKey, TileStore tiles, CheckpointStep step, CheckpointPump pump, ILedgerReader reader) : ILedgerProofs
{
    private readonly MerkleProver _prover = new(tiles);

    public string Origin => origin;

    public string VerifierKey => verifierKey;

    public SignedCheckpoint Newest => step.Newest ?? throw new InvalidOperationException("The ledger is not open yet.");

    public async ValueTask<SignedCheckpoint> WaitForSizeAsync(ulong size, CancellationToken cancellation)
    {
        if (Newest.Checkpoint.Size >= size)
            return Newest;
        await reader.WaitBeyondAsync(size - 1, cancellation);
        return await pump.WaitAsync(size, cancellation);
    }

    public IReadOnlyList<Sha256Hash>? Inclusion(EntryIndex index, ulong treeSize)
    {
        if (treeSize > Newest.Checkpoint.Size || index.Value >= treeSize)
            return null;
        return _prover.TryProveInclusion(index.Value, treeSize, out var path) ? path : throw Missing(treeSize);
    }

    public IReadOnlyList<Sha256Hash>? Consistency(ulong fromSize, ulong toSize)
    {
        if (toSize > Newest.Checkpoint.Size || fromSize > toSize)
            return null;
        return _prover.TryProveConsistency(fromSize, toSize, out var path) ? path : throw Missing(toSize);
    }

    /// The store derives what is missing from the segments; if it cannot, the segments are not whole.
    private static LedgerFatalException Missing(ulong size) => new($"No proof under size {size} can be made: tiles and segments lack entries below it");
}
