using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

/// <summary>
/// The console's own check of one item of footage. It asks the service for bytes and believes none of its verdicts:
///   1. entry        the leaf is a manifest's, at the index asked for
///   2. commitment   SHA-256(salt || envelope) is the leaf's
///   3. manifest     what the page shows is what the envelope says
///   4. checkpoint   signed by the key this console pinned, and a continuation of the last checkpoint it accepted
///   5. inclusion    the leaf hash, recomputed, leads to that checkpoint's root
///   6. deletion     of what was lawfully deleted, instead of 2, 3 and 7: the entry that orders it is in the ledger and names this one
///   7. file         the bytes as the player gets them, hashed whole and by chunk, are the manifest's
/// The station's signature needs the producer's registration entry; the service checks it (step SIGNATURE of its half).
/// A step that fails ends the steps that rest on it; an RpcException means that nothing can be said.
/// </summary>
public sealed class IndependentCheck(Ledger.LedgerClient ledger, CheckpointCheck checkpoints, DeletionCheck deletions, FileCheck files)
{
    // The number of media_manifest in Record: the leaf's type.
    private const ushort ManifestType = Record.MediaManifestFieldNumber;

    public async Task<IReadOnlyList<ProofStep>> RunAsync(MediaDetail detail, CancellationToken cancellation)
    {
        var steps = new List<ProofStep>();
        var index = detail.Row.ManifestIndex;
        EntryAnswer entry;
        try
        {
            entry = await ledger.GetEntryAsync(new GetEntryRequest { Index = index }, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.OutOfRange)
        {
            return [new ProofStep("LEAF", false, $"the ledger has no entry {index}")];
        }

        if (CheckLeaf(entry, index, steps) is not { } leaf)
            return steps;
        var manifest = CheckContent(entry, leaf, detail, steps);
        var deletion = DeletionCheck.LeafOf(detail);
        var checkpoint = await CheckInclusionAsync(entry, index, Math.Max(index, deletion ?? 0), steps, cancellation).ConfigureAwait(false);
        if (detail.Row.State == MediaState.Erased && checkpoint is not null)
        {
            steps.Add(deletion is { } leafIndex
                ? await deletions.RunAsync(index, leafIndex, checkpoint, cancellation).ConfigureAwait(false)
                : new ProofStep("DELETION", false, "the service names no deletion leaf"));
        }
        // The envelope's manifest is what was signed; the page's copy has been compared with it.
        if (manifest is not null && detail.Row.State == MediaState.Stored)
            steps.AddRange(await files.RunAsync(index, manifest, cancellation).ConfigureAwait(false));
        return steps;
    }

    private static Leaf? CheckLeaf(EntryAnswer entry, ulong index, List<ProofStep> steps)
    {
        var fault = !LeafFormat.TryParse(entry.Leaf.Span, out var leaf) ? "not a leaf"
            : entry.Index != index ? $"asked for entry {index}, got {entry.Index}"
            : leaf.Type != ManifestType ? $"type {leaf.Type} is not a manifest"
            : leaf.Flags.HasFlag(LeafFlags.Conflict) || leaf.Flags.HasFlag(LeafFlags.Quarantined) ? $"flagged {leaf.Flags}"
            : "";
        steps.Add(new ProofStep("LEAF", fault.Length == 0,
            fault.Length > 0 ? fault : $"#{index} {leaf!.Producer}/{leaf.Epoch}/P{leaf.Class - 1}/{leaf.Sequence}")); // parsed: there was no fault
        return fault.Length == 0 ? leaf : null;
    }

    private static MediaManifest? CheckContent(EntryAnswer entry, Leaf leaf, MediaDetail detail, List<ProofStep> steps)
    {
        // What was lawfully deleted has a leaf and nothing else; that leaf must still be in the tree.
        if (detail.Row.State == MediaState.Erased && entry.Salt.IsEmpty && entry.Envelope.IsEmpty)
            return null;
        if (entry.Salt.Length != Commitment.SaltBytes || entry.Envelope.IsEmpty)
        {
            steps.Add(new ProofStep("COMMITMENT", false, "salt and envelope are not there (erased)"));
            return null;
        }
        var computed = Commitment.Compute(entry.Salt.Span, entry.Envelope.Span);
        var committed = computed == leaf.Commitment && entry.Envelope.Length == leaf.EnvelopeLength;
        steps.Add(new ProofStep("COMMITMENT", committed, committed ? $"{computed}" : $"computed {computed}, leaf {leaf.Commitment}"));
        if (!committed)
            return null;

        if (!EnvelopeReader.TryRead(entry.Envelope.Memory, out var opened) || opened.Record?.MediaManifest is not { } manifest)
        {
            steps.Add(new ProofStep("MANIFEST", false, $"the envelope holds no manifest ({opened.Fault})"));
            return null;
        }
        var digest = FileCheck.Sha256Of(manifest);
        var shown = manifest.Equals(detail.Manifest) && digest.Span.SequenceEqual(detail.Row.Sha256.Span) && manifest.SizeBytes == detail.Row.SizeBytes;
        var same = opened.Identity is { } identity && identity.Producer == leaf.Producer && identity.Epoch == leaf.Epoch && identity.Sequence == leaf.Sequence;
        steps.Add(new ProofStep("MANIFEST", shown && same,
            !same ? "the envelope's identity is not the leaf's" : shown ? "as signed" : "the page was given other values than the envelope holds"));
        return shown && same ? manifest : null;
    }

    private async Task<Checkpoint?> CheckInclusionAsync(
        EntryAnswer entry, ulong index, ulong newest, List<ProofStep> steps, CancellationToken cancellation)
    {
        var (checkpoint, findings) = await checkpoints.RunAsync(newest + 1, cancellation).ConfigureAwait(false);
        steps.AddRange(findings);
        if (checkpoint is null)
            return null;
        var proof = await ledger.GetInclusionProofAsync(
            new InclusionProofRequest { Index = index, TreeSize = checkpoint.Size }, cancellationToken: cancellation).ConfigureAwait(false);
        var finding = ProofPath.TryParse(proof.Path, out var path)
            ? RecordProof.Check(entry.Leaf.Span, index, path, checkpoint)
            : ProofFinding.NotProven;
        steps.Add(new ProofStep("INCLUSION", finding == ProofFinding.Proven,
            finding == ProofFinding.Proven ? $"{MerkleHashing.Leaf(entry.Leaf.Span)} in {checkpoint.Size} entries" : $"{finding}"));
        return checkpoint;
    }
}
