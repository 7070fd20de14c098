using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// The centre answers under an origin or key that is not the pinned one. Seeing it, in this order:
///  1 ask where the ledger comes from (OriginCheck);
///  2 vouched for: one entry in the receipts log makes void what the restored ledger does not hold; from here on it is unsent again;
///  3 OriginChangeSeen in the spool, class P0: it goes to the new origin with everything else;
///  4 the successor in the pin, durable; the alarm stands until the custodian accepts it.
/// A crash in between repeats the steps: 2 is known by its entry, 3 is looked for in the spool.
/// Before it is accepted records and media go to a successor that is vouched for, and nothing at all to one that is not. Proofs wait,
/// and with them every release.
///
/// Accepting: `edge-agent accept-origin` leaves the verifier key in a file, which the agent takes up while it runs or when it starts:
/// for an origin nobody vouched for everything is void first; then the pin is replaced (the old one is kept behind it), then the file goes.
internal sealed class OriginChange(
    PinnedLedger pin, OriginCheck check, LostAnswers lost, AgentSpool spool, ReceiptStore receipts, OriginChange.Context context) : IAgentLoop, IDisposable
{
    internal sealed record Context(IFileSystem Files, AgentPaths Paths, StationAlarms Alarms, TimeProvider Time, ILogger<OriginChange> Log);

    // A person waits for it; nothing else does.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private static readonly RecordKey NoKey = new(0, RecordClass.Unspecified, 0);

    // The uplink sees, the loop accepts; each is a sequence of durable steps.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// Before any loop runs: a bay must not release on what an earlier run knew to be in doubt.
    public void Open()
    {
        lost.Reopen();
        if (pin.Current is { Next: { } next } known)
            Alarm(known, next);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(LookInterval, context.Time);
        do
        {
            if (AtomicFile.Read(context.Files, context.Paths.AcceptedOrigin) is { } accepted)
                await AcceptAsync(Encoding.UTF8.GetString(accepted).Trim(), cancellation);
        }
        while (await ticks.WaitForNextTickAsync(cancellation));
    }

    /// Returns when records may go to this origin.
    public async Task CheckAsync(string origin, string verifierKey, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (pin.Current is not { } known)
                pin.Save(new LedgerPin(origin, verifierKey, [], "", []));
            else if (known.Origin != origin || known.VerifierKey != verifierKey)
                await SeeAsync(known, origin, verifierKey, cancellation);
            else if (known.Next is null)
                context.Alarms.Clear(StationAlarms.LedgerChanged);
            else
                throw new TransientFaultException($"answered by {known.Origin} again, after {known.Next.Origin} took its place");
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task SeeAsync(LedgerPin known, string origin, string verifierKey, CancellationToken cancellation)
    {
        var next = known.Next;
        // Without an open epoch there is no spool to put the report into; the next connection comes by here again.
        if (next?.Origin != origin || next.VerifierKey != verifierKey)
        {
            next = await check.RunAsync(known, origin, verifierKey, cancellation);
            if (spool.Opened.IsCompleted)
                await TakeDownAsync(known, next, cancellation);
        }
        Alarm(pin.Current ?? known, next);
        if (!next.Vouched)
            throw new TransientFaultException($"registered with {known.Origin}, answered by {origin}: {next.Doubt}");
    }

    private async Task TakeDownAsync(LedgerPin known, LedgerSuccessor next, CancellationToken cancellation)
    {
        var change = receipts.LastChange is { } last && last.NewVerifierKey == next.VerifierKey && last.Vouched == next.Vouched
            ? last
            : lost.Count(known, next, next.RestoredSize);
        // From here to the end it is not cancelled: half of it would be repeated, but there is no need.
        if (next.Vouched && change != receipts.LastChange)
        {
            await receipts.AddAsync(ReceiptKind.OriginChange, NoKey, change, CancellationToken.None);
            lost.Reopen();
        }
        if (!IsReported(change))
            await spool.AppendAsync(
                RecordClass.P0, new Record { Sensitivity = Sensitivity.Internal, OriginChangeSeen = change }, CancellationToken.None);
        pin.Save(known with { Next = next });
        context.Log.OriginChanged(known.Origin, next.Origin, next.RestoredSize, Describe(change));
        cancellation.ThrowIfCancellationRequested();
    }

    private bool IsReported(OriginChangeSeen change) =>
        spool.All.Where(s => s.Class == RecordClass.P0)
            .SelectMany(s => s.ReadFrom(s.FirstSequence, int.MaxValue, long.MaxValue))
            .Any(r => EnvelopeReader.TryRead(r.Envelope, out var opened) && opened.Record?.OriginChangeSeen is { } said
                && said.NewVerifierKey == change.NewVerifierKey && said.RestoredSize == change.RestoredSize && said.Vouched == change.Vouched);

    private async Task AcceptAsync(string verifierKey, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (pin.Current is { Next: { } next } known && next.VerifierKey == verifierKey)
            {
                // Nothing of this station is known to be in a ledger that has no link to ours.
                if (!next.Vouched && (receipts.LastChange?.NewVerifierKey != next.VerifierKey))
                    await receipts.AddAsync(ReceiptKind.OriginChange, NoKey, lost.Count(known, next, restoredSize: 0), CancellationToken.None);
                lost.Reopen();
                pin.Save(new LedgerPin(next.Origin, next.VerifierKey, next.Note, "", [])
                {
                    Past = [.. known.Past, new LedgerPast(known.Origin, known.VerifierKey, known.LastNote) { GoesOnFrom = next.RestoredSize }],
                });
                context.Alarms.Clear(StationAlarms.LedgerChanged);
                context.Alarms.Clear(StationAlarms.LedgerForked);
                context.Log.OriginAccepted(next.Origin, known.Origin);
                receipts.Changed.Raise();
            }
            else if (pin.Current?.VerifierKey != verifierKey)
                context.Log.OriginNotSeen(verifierKey);
            context.Files.Delete(context.Paths.AcceptedOrigin);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Alarm(LedgerPin known, LedgerSuccessor next)
    {
        var detail = next.Vouched
            ? FormattableString.Invariant($"{known.Origin} goes on as {next.Origin} from entry {next.RestoredSize}: what it lost is sent again, nothing is released until accept-origin {next.VerifierKey}")
            : $"registered with {known.Origin}, answered by {next.Origin}" + (known.Origin == next.Origin ? " under another key" : "") + $" ({next.Doubt})";
        if (!context.Alarms.Any(StationAlarms.LedgerChanged))
            context.Log.Alarm(StationAlarms.LedgerChanged, detail);
        context.Alarms.Raise(StationAlarms.LedgerChanged, detail);
    }

    private static string Describe(OriginChangeSeen change) => change.Lost.Count == 0
        ? "nothing of ours"
        : string.Join(", ", change.Lost.Select(l => FormattableString.Invariant(
            $"e{l.Epoch}-{l.RecordClass} {l.FirstSequence} to {l.LastSequence}{(l.Media ? " media" : "")}{(l.Held ? "" : " (no longer held)")}")));

    public void Dispose() => _gate.Dispose();
}
