using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

/// <summary>Gets the newest checkpoint and accepts it only under the pinned key and as a continuation of the last one accepted.</summary>
public sealed class CheckpointCheck(Ledger.LedgerClient ledger, LedgerPins pins, TimeProvider time, ILogger<CheckpointCheck> logger)
{
    // Checkpoints are written at least every second; a service that cannot cover an entry in this time has a fault.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The checkpoint, or null with the finding that speaks against it.</summary>
    public async Task<(Checkpoint? Checkpoint, IReadOnlyList<ProofStep> Steps)> RunAsync(ulong atLeastSize, CancellationToken cancellation)
    {
        using var held = await pins.HoldAsync(cancellation).ConfigureAwait(false);
        var answer = await ledger.GetCheckpointAsync(new GetCheckpointRequest { AtLeastSize = atLeastSize },
            new CallOptions(deadline: (time.GetUtcNow() + Patience).UtcDateTime, cancellationToken: cancellation)).ConfigureAwait(false);

        if (!NoteVerifier.TryParse(answer.VerifierKey, out var offered))
            return (null, [new ProofStep("KEY", false, "the service names no usable key")]);
        var (pinned, pinnedNow) = pins.PinOrRecall(answer.VerifierKey);
        if (pinnedNow)
            logger.LedgerKeyPinned(offered.Name, answer.VerifierKey);
        if (pinned != answer.VerifierKey)
            return (null, [new ProofStep("KEY", false, $"pinned {pinned}, now {answer.VerifierKey} ({pins.KeyFile})")]);
        var key = new ProofStep("KEY", true, pinnedNow ? $"{pinned} (pinned now)" : pinned);
        if (!LedgerFollower.TryCreate(offered.Name, pinned, pins.RecallNote(), out var follower))
            return (null, [key, new ProofStep("CHECKPOINT", false, "the checkpoint kept here does not fit the pinned key")]);
        return await AcceptAsync(follower, answer.Note.Memory, key, cancellation).ConfigureAwait(false);
    }

    private async Task<(Checkpoint?, IReadOnlyList<ProofStep>)> AcceptAsync(LedgerFollower follower, ReadOnlyMemory<byte> note, ProofStep key, CancellationToken cancellation)
    {
        var finding = follower.Open(note.Span, out var next);
        if (finding != CheckpointFinding.Consistent || next is null)
            return (null, [key, new ProofStep("CHECKPOINT", false, $"{finding}")]);
        var signed = new ProofStep("CHECKPOINT", true, $"{next.Origin} size {next.Size} root {next.Root}");

        var before = follower.Last?.Size ?? 0;
        Sha256Hash[] path = [];
        if (before > 0 && next.Size > before)
        {
            var proof = await ledger.GetConsistencyProofAsync(
                new ConsistencyProofRequest { FromSize = before, ToSize = next.Size }, cancellationToken: cancellation).ConfigureAwait(false);
            if (!ProofPath.TryParse(proof.Path, out path))
                return (null, [key, signed, new ProofStep("CONSISTENCY", false, "not a proof")]);
        }
        finding = follower.Accept(note.Span, path);
        if (finding != CheckpointFinding.Consistent)
            return (null, [key, signed, new ProofStep("CONSISTENCY", false, $"{finding}: {before} → {next.Size}")]);
        pins.RememberNote(follower);
        return (next, [key, signed, new ProofStep("CONSISTENCY", true, before == 0 ? "first checkpoint" : $"{before} → {next.Size}")]);
    }
}
