using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// Asks a ledger that answers under another origin where it comes from, and believes what can be recomputed:
///  1 it names the pinned origin and key among those it signed under, and the entry that opened the next one;
///  2 that entry is OriginOpened, its commitment holds, and it is included under a checkpoint that the new origin's key signed;
///  3 it cites a checkpoint that the pinned key signed, not above the restored size, and the new tree continues it;
///  4 where our own last checkpoint is not above the restored size, the new tree continues that one too.
/// What lies above the restored size cannot be proved any more by anybody: it is gone at the centre, and is sent again.
internal sealed class OriginCheck(CentreChannel centre)
{
    public async Task<LedgerSuccessor> RunAsync(LedgerPin known, string origin, string verifierKey, CancellationToken cancellation)
    {
        var ledger = new Ledger.LedgerClient(centre.Channel);
        LedgerSuccessor Doubted(string why) => new(origin, verifierKey, [], 0, false, why);
        OriginsAnswer steps;
        try
        {
            steps = await ledger.GetOriginsAsync(new GetOriginsRequest(), deadline: centre.Deadline(), cancellationToken: cancellation);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unimplemented)
        {
            return Doubted("the service does not say where its ledger comes from");
        }
        var ours = -1;
        for (var i = 0; i < steps.Origins.Count; i++)
            if (steps.Origins[i].Origin == known.Origin && steps.Origins[i].VerifierKey == known.VerifierKey)
                ours = i;
        if (ours < 0 || ours + 1 >= steps.Origins.Count || steps.Origins[^1].Origin != origin || steps.Origins[^1].VerifierKey != verifierKey)
            return Doubted($"its ledger never signed as {known.Origin} under the pinned key");

        var restored = steps.Origins[ours + 1].FromSize;
        var answer = await ledger.GetCheckpointAsync(
            new GetCheckpointRequest { AtLeastSize = restored + 1 }, deadline: centre.Deadline(), cancellationToken: cancellation);
        var note = answer.Note.ToByteArray();
        if (!LedgerFollower.TryCreate(origin, verifierKey, note, out var follower) || follower.Last is not { } checkpoint || checkpoint.Size <= restored)
            return Doubted("its checkpoint is not signed by its own key, or is too small");
        if (await OpeningAsync(ledger, known, steps.Origins[ours + 1], checkpoint, cancellation) is { } fault)
            return Doubted(fault);
        // A successor that was itself seen and superseded took records under indexes of its own: they are void from where it began.
        if (known.Next is { Vouched: true } before && steps.Origins.All(s => s.Origin != before.Origin))
            restored = Math.Min(restored, before.RestoredSize);
        return new LedgerSuccessor(origin, verifierKey, note, restored, true, "");
    }

    private async Task<string?> OpeningAsync(
        Ledger.LedgerClient ledger, LedgerPin known, OriginStep step, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var entry = await ledger.GetEntryAsync(new GetEntryRequest { Index = step.FromSize }, deadline: centre.Deadline(), cancellationToken: cancellation);
        if (!LeafFormat.TryParse(entry.Leaf.Span, out var leaf) || leaf.Type != Record.OriginOpenedFieldNumber || leaf.Origin != LeafOrigin.Ledger
            || entry.Salt.Length != Commitment.SaltBytes || Commitment.Compute(entry.Salt.Span, entry.Envelope.Span) != leaf.Commitment
            || !EnvelopeReader.TryRead(entry.Envelope.Memory, out var opened) || opened.Record?.OriginOpened is not { } fact)
            return FormattableString.Invariant($"entry {step.FromSize} does not open an origin");
        var proof = await ledger.GetInclusionProofAsync(
            new InclusionProofRequest { Index = step.FromSize, TreeSize = checkpoint.Size }, deadline: centre.Deadline(), cancellationToken: cancellation);
        if (!ProofPath.TryParse(proof.Path, out var path) || RecordProof.Check(entry.Leaf.Span, step.FromSize, path, checkpoint) != ProofFinding.Proven)
            return FormattableString.Invariant($"entry {step.FromSize} is not in the tree of {checkpoint.Size}");
        if (fact.Origin != step.Origin || fact.RestoredSize != step.FromSize || fact.PreviousOrigin != known.Origin || fact.PreviousVerifierKey != known.VerifierKey
            || !LedgerFollower.TryCreate(known.Origin, known.VerifierKey, fact.PreviousCheckpoint.Span, out var cited)
            || cited.Last is not { } citedCheckpoint || citedCheckpoint.Size > step.FromSize)
            return "what it cites is not a checkpoint of the pinned origin";
        if (!await ContinuesAsync(ledger, citedCheckpoint, checkpoint, cancellation))
            return FormattableString.Invariant($"its tree does not continue the checkpoint of {citedCheckpoint.Size} it cites");
        return LedgerFollower.TryCreate(known.Origin, known.VerifierKey, known.LastNote, out var own) && own.Last is { } last && last.Size <= step.FromSize
            && !await ContinuesAsync(ledger, last, checkpoint, cancellation)
            ? FormattableString.Invariant($"its tree does not continue our checkpoint of {last.Size}")
            : null;
    }

    private async Task<bool> ContinuesAsync(Ledger.LedgerClient ledger, Checkpoint from, Checkpoint to, CancellationToken cancellation)
    {
        if (from.Size == 0 || from.Size == to.Size)
            return from.Size == 0 || from.Root == to.Root;
        var proof = await ledger.GetConsistencyProofAsync(
            new ConsistencyProofRequest { FromSize = from.Size, ToSize = to.Size }, deadline: centre.Deadline(), cancellationToken: cancellation);
        return ProofPath.TryParse(proof.Path, out var path) && ProofVerifier.VerifyConsistency(from.Size, from.Root, to.Size, to.Root, path);
    }
}
