using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Checks one file's evidence from bytes alone: the manifest's signature, the file's size, SHA-256 and chunks, then receipt, commitment
/// and proof, first of the manifest, then of the entry that says the centre has the file. Nobody's word is taken for any of them; what
/// is trusted is the producer's public key and the ledger's key as pinned at registration.
internal static class EvidenceCheck
{
    public static IEnumerable<EvidenceStep> Run(EvidenceItem item, MediaDigest file)
    {
        if (!EnvelopeReader.TryRead(item.Envelope, out var opened) || opened.Record is not { BodyCase: Record.BodyOneofCase.MediaManifest } record)
        {
            yield return new EvidenceStep("MANIFEST", EvidenceFinding.Fail, $"cannot be read as a manifest: {opened.Fault}");
            yield break;
        }
        var manifest = record.MediaManifest;
        yield return Step("SIGNATURE", EnvelopeVerifier.Verify(opened, item.PublicKey), $"{manifest.Recorder} {manifest.OriginalPath}, signed by key {KeyIds.Of(item.PublicKey)[..16]}");
        foreach (var step in Content(manifest, file))
            yield return step;
        yield return Pin(item);

        foreach (var step in Ledger("MANIFEST", item, item.Receipt, item.Envelope, record.Identity, item.Proof))
            yield return step;
        foreach (var step in Media(item, file))
            yield return step;
    }

    private static IEnumerable<EvidenceStep> Content(MediaManifest manifest, MediaDigest file)
    {
        yield return Step(
            "SIZE", manifest.SizeBytes == (ulong)file.SizeBytes,
            FormattableString.Invariant($"{file.SizeBytes} bytes, {manifest.SizeBytes} in the manifest"));
        yield return Step(
            "SHA256",
            manifest.Digests.Any(d => d.Algorithm == DigestAlgorithms.Sha256 && d.Value.Span.SequenceEqual(file.Sha256.ToArray())),
            "of the whole file");
        var chunks = manifest.ChunkSha256.Length / Sha256Hash.SizeBytes;
        var differing = Enumerable.Range(0, Math.Max(chunks, file.ChunkSha256.Count)).Where(c => !ChunkEquals(manifest, file, c)).ToArray();
        yield return Step(
            "CHUNKS", manifest.ChunkBytes == file.ChunkBytes && differing.Length == 0,
            differing.Length == 0
                ? FormattableString.Invariant($"{chunks} of {manifest.ChunkBytes} bytes")
                : FormattableString.Invariant($"{differing.Length} of {chunks} differ, the first is number {differing[0]}"));
    }

    private static bool ChunkEquals(MediaManifest manifest, MediaDigest file, int chunk) =>
        chunk < file.ChunkSha256.Count
        && (chunk + 1) * Sha256Hash.SizeBytes <= manifest.ChunkSha256.Length
        && manifest.ChunkSha256.Span.Slice(chunk * Sha256Hash.SizeBytes, Sha256Hash.SizeBytes).SequenceEqual(file.ChunkSha256[chunk].ToArray());

    private static EvidenceStep Pin(EvidenceItem item)
    {
        if (item.Ledger is not { } pin)
            return new EvidenceStep("LEDGER", EvidenceFinding.Waits, "the station was never registered with a ledger");
        if (pin.Fork.Length > 0)
            return new EvidenceStep("LEDGER", EvidenceFinding.Fail, "it showed two histories: " + pin.Fork);
        if (!LedgerFollower.TryCreate(pin.Origin, pin.VerifierKey, pin.LastNote, out var follower))
            return new EvidenceStep("LEDGER", EvidenceFinding.Fail, $"the stored checkpoint is not signed by the key of {pin.Origin}");
        return follower.Last is { } last
            ? Step("LEDGER", true, FormattableString.Invariant($"{pin.Origin}, stored checkpoint of size {last.Size} signed by its key"))
            : new EvidenceStep("LEDGER", EvidenceFinding.Waits, "no checkpoint is stored yet");
    }

    private static IEnumerable<EvidenceStep> Media(EvidenceItem item, MediaDigest file)
    {
        if (item.Media is not { } media)
        {
            yield return new EvidenceStep("MEDIA_RECEIPT", EvidenceFinding.Waits, "the centre has not confirmed the file yet");
            yield break;
        }
        if (!EnvelopeReader.TryRead(media.StoredEnvelope.Memory, out var stored)
            || stored.Record is not { BodyCase: Record.BodyOneofCase.MediaStored, MediaStored: { } said } record)
        {
            yield return new EvidenceStep("MEDIA_CONTENT", EvidenceFinding.Fail, "the centre's entry is no MediaStored");
            yield break;
        }
        yield return Step(
            "MEDIA_CONTENT",
            said.Sha256.Span.SequenceEqual(file.Sha256.ToArray()) && said.SizeBytes == (ulong)file.SizeBytes && said.ManifestIndex == item.Receipt?.Index,
            FormattableString.Invariant($"the centre stored {said.SizeBytes} bytes of manifest entry {said.ManifestIndex}, its SHA-256 against the file's"));
        foreach (var step in Ledger("MEDIA", item, media.Receipt, media.StoredEnvelope.Memory, record.Identity, item.MediaProof))
            yield return step;
    }

    private static IEnumerable<EvidenceStep> Ledger(
        string name, EvidenceItem item, Receipt? receipt, ReadOnlyMemory<byte> envelope, RecordIdentity identity, InclusionProofAnswer? proof)
    {
        if (receipt is null)
        {
            yield return item.Refusal is { } refusal
                ? new EvidenceStep(name + "_RECEIPT", EvidenceFinding.Fail, $"the ledger refused it for good: {refusal.Name} {refusal.Detail}")
                : new EvidenceStep(name + "_RECEIPT", EvidenceFinding.Waits, "the ledger has not answered yet");
            yield break;
        }
        var finding = ReceiptCheck.Verify(receipt, envelope.Span, identity, item.Ledger?.For(receipt.Origin).Origin ?? "");
        var commitment = finding is ReceiptFinding.CommitmentMismatch or ReceiptFinding.EnvelopeLengthMismatch or ReceiptFinding.SaltMalformed;
        var valid = finding is ReceiptFinding.Valid or ReceiptFinding.ValidErased;
        yield return Step(
            name + "_RECEIPT", valid || commitment,
            FormattableString.Invariant($"entry {receipt.Index} of {receipt.Origin}, {receipt.Code}") + (valid || commitment ? "" : $": {finding}"));
        if (!valid && !commitment)
            yield break;
        yield return Step(name + "_COMMITMENT", valid, valid ? "the leaf commits to the station's own bytes" : $"{finding}");

        if (proof is null)
            yield return new EvidenceStep(name + "_PROOF", EvidenceFinding.Waits, "no checkpoint covers it yet");
        else
            foreach (var step in Proof(name, item, receipt, proof))
                yield return step;
    }

    private static IEnumerable<EvidenceStep> Proof(string name, EvidenceItem item, Receipt receipt, InclusionProofAnswer proof)
    {
        // The note the proof was made under is kept with it; the pinned key signed it, and the stored checkpoint continues it.
        // A proof of before a change of origin was made under the old origin's key.
        var checkpoint = item.Ledger?.For(OriginOf(proof)) is { } pin
            && LedgerFollower.TryCreate(pin.Origin, pin.VerifierKey, proof.Checkpoint.Span, out var follower)
            ? follower.Last
            : null;
        yield return Step(
            name + "_CHECKPOINT", checkpoint is not null && checkpoint.Size == proof.TreeSize,
            FormattableString.Invariant($"size {proof.TreeSize}, under the ledger's pinned key"));
        if (checkpoint is not null)
            yield return Step(
                name + "_PROOF",
                ProofPath.TryParse(proof.Path, out var path) && RecordProof.Check(receipt.Leaf.Span, receipt.Index, path, checkpoint) == ProofFinding.Proven,
                FormattableString.Invariant($"entry {receipt.Index} in the tree of {checkpoint.Size}"));
    }

    private static string OriginOf(InclusionProofAnswer proof) =>
        SignedNote.TryParse(proof.Checkpoint.Span, out var note) && Checkpoint.TryParse(note.Text.Span, out var checkpoint) ? checkpoint.Origin : "";

    private static EvidenceStep Step(string name, bool passed, string detail) =>
        new(name, passed ? EvidenceFinding.Pass : EvidenceFinding.Fail, detail);
}
