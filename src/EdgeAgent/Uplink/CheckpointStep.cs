using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// Moves the stored checkpoint forward, for whoever proves something under it: one at a time, because each must continue the last.
internal sealed class CheckpointStep(CentreChannel centre, PinnedLedger pin, StationAlarms alarms, ILogger<CheckpointStep> log) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public bool CanFollow => pin.Current is { Next: null } && !alarms.Any(StationAlarms.LedgerForked);

    public void RaiseKnownFork()
    {
        if (pin.Current is { Fork.Length: > 0 } forked)
            alarms.Raise(StationAlarms.LedgerForked, forked.Fork);
    }

    /// The origin a receipt should be of: the pinned one, or one accepted before it whose entries the pinned one holds.
    public string OriginOf(Receipt receipt) => pin.Current?.For(receipt.Origin).Origin ?? "";

    /// The newest checkpoint, proved to continue the stored one and stored itself before it is used.
    public async Task<LedgerFollower?> FollowAsync(Ledger.LedgerClient ledger, ulong atLeast, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return await FollowOneAsync(ledger, atLeast, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<LedgerFollower?> FollowOneAsync(Ledger.LedgerClient ledger, ulong atLeast, CancellationToken cancellation)
    {
        var pinned = pin.Current!; // the caller looked
        if (!LedgerFollower.TryCreate(pinned.Origin, pinned.VerifierKey, pinned.LastNote, out var follower))
            throw new TransientFaultException("The stored checkpoint or key cannot be read.");
        var answer = await ledger.GetCheckpointAsync(
            new GetCheckpointRequest { AtLeastSize = atLeast }, deadline: centre.Deadline(), cancellationToken: cancellation);
        var note = answer.Note.ToByteArray();
        var opened = follower.Open(note, out var next);
        if (opened != CheckpointFinding.Consistent || next is null)
            throw new TransientFaultException($"The checkpoint cannot be used: {opened}.");
        if (follower.Last is { } last && next.Size < last.Size)
            throw new TransientFaultException(FormattableString.Invariant($"The checkpoint of {next.Size} is older than ours of {last.Size}."));

        Sha256Hash[] path = [];
        if (follower.Last is { Size: > 0 } from && next.Size > from.Size)
        {
            var proof = await ledger.GetConsistencyProofAsync(
                new ConsistencyProofRequest { FromSize = from.Size, ToSize = next.Size }, deadline: centre.Deadline(), cancellationToken: cancellation);
            if (!ProofPath.TryParse(proof.Path, out path))
                throw new TransientFaultException("The consistency proof cannot be read.");
        }
        var finding = follower.Accept(note, path);
        if (finding != CheckpointFinding.Consistent)
        {
            Fork(FormattableString.Invariant($"the checkpoint of {next.Size} does not continue ours of {follower.Last?.Size}: {finding}"), note);
            return null;
        }
        // Between the question and here another origin may have been seen: it is not followed, and its pin is not undone.
        if (pin.Current is { Next: null } current && current.Origin == pinned.Origin && current.VerifierKey == pinned.VerifierKey)
            pin.Save(current with { LastNote = note });
        else
            return null;
        return follower;
    }

    public void Fork(string what, byte[] note)
    {
        pin.Save(pin.Current! with { Fork = what, ForkNote = note });
        alarms.Raise(StationAlarms.LedgerForked, what);
        log.Alarm(StationAlarms.LedgerForked, what);
    }

    public void Dispose() => _gate.Dispose();
}
