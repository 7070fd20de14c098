using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Fleet;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>What the ledger can say of one entry: leaf, commitment, signature, inclusion, checkpoint.</summary>
internal sealed class LedgerSteps(ILedgerProofs proofs, IProducerKeys keys)
{
    public IEnumerable<CheckStep> Content(LedgerEntry entry, OpenedEnvelope opened)
    {
        bool leaf = LeafFormat.TryParse(entry.LeafBytes.Span, out Leaf? parsed) && opened.Identity is { } identity
            && parsed.Matches(identity) && parsed.Type == opened.RecordType;
        yield return EvidenceCheck.Step("LEAF", leaf, MerkleHashing.Leaf(entry.LeafBytes.Span).ToString());

        bool commitment = parsed is not null && entry.Salt.Length == Commitment.SaltBytes
            && Commitment.Compute(entry.Salt.Span, entry.Envelope.Span) == parsed.Commitment;
        yield return EvidenceCheck.Step("COMMITMENT", commitment, parsed?.Commitment.ToString() ?? "");

        ProducerKey? key = keys.Find(opened.Identity?.Producer ?? "");
        bool signature = key is not null && EnvelopeVerifier.Verify(opened, key.PublicKey);
        yield return EvidenceCheck.Step("SIGNATURE", signature,
            key is null ? "no key is registered for the producer" : $"{key.KeyId}, registered at entry {key.EntryIndex}");
    }

    public async Task<IReadOnlyList<CheckStep>> ProofAsync(LedgerEntry entry, CancellationToken cancellation)
    {
        SignedCheckpoint newest = await proofs.WaitForSizeAsync(entry.Index.Value + 1, cancellation);

        // The signature counts, not what the proofs' keeper remembers: the root compared below comes out of the note.
        CheckpointFinding finding = CheckpointFinding.Malformed;
        Checkpoint? signed = null;
        if (LedgerFollower.TryCreate(proofs.Origin, proofs.VerifierKey, default, out LedgerFollower? follower))
            finding = follower.Open(newest.Note.Span, out signed);

        bool included = signed is not null && proofs.Inclusion(entry.Index, signed.Size) is { } path
            && ProofVerifier.VerifyInclusion(
                MerkleHashing.Leaf(entry.LeafBytes.Span), entry.Index.Value, signed.Size, path.ToArray(), signed.Root);
        string size = newest.Checkpoint.Size.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return
        [
            EvidenceCheck.Step("INCLUSION", included, $"entry {entry.Index} in a tree of {size}"),
            EvidenceCheck.Step("CHECKPOINT", signed is not null, signed is null ? finding.ToString() : signed.Root.ToString()),
        ];
    }
}
