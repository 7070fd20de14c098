using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

/// <summary>
/// "Lawfully deleted" is a claim like any other: without this check a service that lost a file, or hid it, could say it. The deletion
/// leaf is read from the ledger, opened against its commitment, must name the entry, and must be under the checkpoint.
/// </summary>
public sealed class DeletionCheck(Ledger.LedgerClient ledger)
{
    private const ushort ErasedType = Record.ErasedFieldNumber;

    // The one line that a deletion leaves in the life of a file; its entry is the deletion leaf.
    private const string ErasedKind = "erased";

    /// <summary>The deletion leaf that the service names; null when it names none.</summary>
    public static ulong? LeafOf(MediaDetail detail) =>
        detail.Row.State == MediaState.Erased ? detail.Timeline.LastOrDefault(item => item.Kind == ErasedKind)?.EntryIndex : null;

    public async Task<ProofStep> RunAsync(ulong erasedIndex, ulong leafIndex, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var entry = await ledger.GetEntryAsync(new GetEntryRequest { Index = leafIndex }, cancellationToken: cancellation).ConfigureAwait(false);
        if (FaultOf(entry, erasedIndex) is { } fault)
            return new ProofStep("DELETION", false, $"#{leafIndex}: {fault}");
        var proof = await ledger.GetInclusionProofAsync(
            new InclusionProofRequest { Index = leafIndex, TreeSize = checkpoint.Size }, cancellationToken: cancellation).ConfigureAwait(false);
        var proven = ProofPath.TryParse(proof.Path, out var path)
            && RecordProof.Check(entry.Leaf.Span, leafIndex, path, checkpoint) == ProofFinding.Proven;
        return new ProofStep("DELETION", proven, proven ? $"#{leafIndex} names #{erasedIndex}, in {checkpoint.Size} entries" : $"#{leafIndex} is not in the ledger");
    }

    private static string? FaultOf(EntryAnswer entry, ulong erasedIndex)
    {
        if (!LeafFormat.TryParse(entry.Leaf.Span, out var leaf) || leaf.Type != ErasedType || leaf.Origin != LeafOrigin.Operator)
            return "not a deletion leaf";
        if (entry.Salt.Length != Commitment.SaltBytes || Commitment.Compute(entry.Salt.Span, entry.Envelope.Span) != leaf.Commitment)
            return "its content is not what the leaf commits to";
        if (!EnvelopeReader.TryRead(entry.Envelope.Memory, out var opened) || opened.Record?.Erased is not { } erased)
            return "it cannot be read";
        return erased.Ranges.Any(range => range.First <= erasedIndex && erasedIndex <= range.Last) ? null : $"it does not name #{erasedIndex}";
    }
}
