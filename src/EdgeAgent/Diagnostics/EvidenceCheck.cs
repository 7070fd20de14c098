using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Checks one file's evidence from bytes alone: signature, content, chunks, then receipt and proof of manifest and media.
internal static class EvidenceCheck
{
    public static IEnumerable<EvidenceStep> Run(EvidenceItem item, MediaDigest file)
    {
        if (!EnvelopeReader.TryRead(item.Envelope, out var opened) || opened.Record is not { BodyCase: Record.BodyOneofCase.MediaManifest } record)
        {
            yield return new EvidenceStep("ENVELOPE", false, false, $"cannot be read as a manifest: {opened.Fault}");
            yield break;
        }
        var manifest = record.MediaManifest;
        yield return Step("SIGNATURE", EnvelopeVerifier.Verify(opened, item.PublicKey), $"by {KeyIds.Of(item.PublicKey)[..16]}, {manifest.Recorder} {manifest.OriginalPath}");
        yield return Step(
            "FILE",
            manifest.Digests.Count > 0 && manifest.Digests[0].Value.Span.SequenceEqual(file.Sha256.ToArray()) && manifest.SizeBytes == (ulong)file.SizeBytes,
            FormattableString.Invariant($"{file.SizeBytes} bytes, SHA-256 of the whole"));
        yield return Step(
            "CHUNKS",
            manifest.ChunkBytes == file.ChunkBytes && manifest.ChunkSha256.Equals(file.ConcatenatedChunkSha256()),
            FormattableString.Invariant($"{file.ChunkSha256.Count} chunks"));

        foreach (var step in Ledger("MANIFEST", item, item.Receipt, item.Envelope, record.Identity, item.Proof))
            yield return step;

        if (item.MediaAnswer is null)
        {
            yield return new EvidenceStep("MEDIA_RECEIPT", true, true, "the centre has not confirmed the file yet");
            yield break;
        }
        var media = FinishAnswer.Parser.ParseFrom(item.MediaAnswer);
        if (!EnvelopeReader.TryRead(media.StoredEnvelope.Memory, out var stored) || stored.Record is not { BodyCase: Record.BodyOneofCase.MediaStored } storedRecord)
        {
            yield return new EvidenceStep("MEDIA_RECEIPT", false, false, "the entry is no MediaStored");
            yield break;
        }
        yield return Step(
            "MEDIA_CONTENT", storedRecord.MediaStored.Sha256.Span.SequenceEqual(file.Sha256.ToArray()), "the centre stored the same SHA-256");
        foreach (var step in Ledger("MEDIA", item, media.Receipt.ToByteArrayOrEmpty(), media.StoredEnvelope.ToByteArray(), storedRecord.Identity, item.MediaProof))
            yield return step;
    }

    private static IEnumerable<EvidenceStep> Ledger(
        string name, EvidenceItem item, byte[]? receiptBytes, byte[] envelope, RecordIdentity identity, byte[]? proofBytes)
    {
        if (receiptBytes is null)
        {
            yield return new EvidenceStep(name + "_RECEIPT", true, true, "the ledger has not answered yet");
            yield break;
        }
        var receipt = Receipt.Parser.ParseFrom(receiptBytes);
        var finding = ReceiptCheck.Verify(receipt, envelope, identity, item.Origin);
        yield return Step(
            name + "_RECEIPT", finding is ReceiptFinding.Valid or ReceiptFinding.ValidErased,
            FormattableString.Invariant($"entry {receipt.Index} of {receipt.Origin}, {receipt.Code}: {finding}"));

        if (proofBytes is null)
        {
            yield return new EvidenceStep(name + "_PROOF", true, true, "no checkpoint covers it yet");
            yield break;
        }
        var proof = InclusionProofAnswer.Parser.ParseFrom(proofBytes);
        var signed = LedgerFollower.TryCreate(item.Origin, item.VerifierKey, proof.Checkpoint.Span, out var follower) && follower.Last is not null;
        yield return Step(name + "_CHECKPOINT", signed, FormattableString.Invariant($"size {proof.TreeSize}, signed by the ledger's key"));
        if (signed && follower?.Last is { } checkpoint)
            yield return Step(
                name + "_PROOF",
                ProofPath.TryParse(proof.Path, out var path) && RecordProof.Check(receipt.Leaf.Span, receipt.Index, path, checkpoint) == ProofFinding.Proven,
                FormattableString.Invariant($"entry {receipt.Index} is in the tree of {proof.TreeSize}"));
    }

    private static EvidenceStep Step(string name, bool passed, string detail) => new(name, passed, Pending: false, detail);

    private static byte[]? ToByteArrayOrEmpty(this Receipt? receipt) => receipt is null ? null : Google.Protobuf.MessageExtensions.ToByteArray(receipt);
}
