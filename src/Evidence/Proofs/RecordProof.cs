namespace EdgeEnforcement.Evidence;

/// <summary>Inclusion of one leaf under an accepted checkpoint: what turns a receipt's promise into a fact.</summary>
public static class RecordProof
{
    /// <param name="leaf">The leaf's bytes, from a receipt that was checked.</param>
    /// <param name="index">Its index, from the same receipt.</param>
    /// <param name="path">Hashes from the leaf's sibling upwards, for the checkpoint's size.</param>
    /// <param name="checkpoint">A checkpoint a <see cref="LedgerFollower"/> accepted.</param>
    public static ProofFinding Check(ReadOnlySpan<byte> leaf, ulong index, ReadOnlySpan<Sha256Hash> path, Checkpoint checkpoint) =>
        Check(MerkleHashing.Leaf(leaf), index, path, checkpoint);

    public static ProofFinding Check(Sha256Hash leafHash, ulong index, ReadOnlySpan<Sha256Hash> path, Checkpoint checkpoint)
    {
        if (index >= checkpoint.Size)
            return ProofFinding.NotCovered;
        return ProofVerifier.VerifyInclusion(leafHash, index, checkpoint.Size, path, checkpoint.Root)
            ? ProofFinding.Proven
            : ProofFinding.NotProven;
    }
}
