using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>Proofs under the newest signed checkpoint. Nothing here is on the acknowledgement path.</summary>
internal interface ILedgerProofs
{
    string Origin { get; }

    /// <summary>Note verifier key of this shard, "name+keyid+base64".</summary>
    string VerifierKey { get; }

    SignedCheckpoint Newest { get; }

    /// <summary>Returns when the newest checkpoint covers <paramref name="size"/> entries.</summary>
    ValueTask<SignedCheckpoint> WaitForSizeAsync(ulong size, CancellationToken cancellation);

    /// <summary>Null when index or size is not covered by the newest checkpoint.</summary>
    IReadOnlyList<Sha256Hash>? Inclusion(EntryIndex index, ulong treeSize);

    IReadOnlyList<Sha256Hash>? Consistency(ulong fromSize, ulong toSize);
}

/// <summary>A checkpoint and the signed note it came in, verbatim.</summary>
internal sealed record SignedCheckpoint(Checkpoint Checkpoint, ReadOnlyMemory<byte> Note);
