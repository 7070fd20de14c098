using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// One connection: the live lane with what is appended from now on, the backlog lane with what was there before. Either lane's fault
/// ends both, because the border between them is this connection's. Returns when a new epoch is due and nothing is unsent, or when the
/// connection has been used for as long as it should: what is in flight then is sent again by the next.
internal sealed class LaneSession(
    CentreChannel centre, AgentSpool spool, ReceiptStore receipts, AnswerDesk answers, OriginChange origins, LaneSession.Context context)
{
    internal sealed record Context(IOptions<AgentOptions> Options, UplinkState State, TimeProvider Time, ILogger<LaneSession> Log);

    public async Task RunAsync(IReportConnection connection, TimeSpan atMost, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // The border is taken before the hello: what comes after it is live.
        var borders = spool.All.Select(log => (Log: log, Last: log.LastSequence)).ToArray();
        using var live = await Lane.OpenAsync(connection, Hello("live"), either.Token);
        await CheckAsync(live.Answer, cancellation);
        await SendOlderEpochsAsync(connection, either.Token);
        using var backlog = await Lane.OpenAsync(connection, Hello("backlog"), either.Token);

        context.Log.Connected(live.Answer.Origin, live.Answer.Epoch, Unsent());
        context.State.Set($"connected to {live.Answer.Origin}");
        var current = spool.Current;
        var running = new List<Task>
        {
            live.RunAsync(
                Reader(borders.Where(b => current.Contains(b.Log)).Select(b => new LaneRange(b.Log, b.Last + 1, ulong.MaxValue))),
                spool.Appended, answers, either.Token),
            WaitForRolloverAsync(either.Token),
            Task.Delay(atMost, context.Time, either.Token),
        };
        var catchingUp = backlog.RunAsync(
            Reader(borders.Select(b => new LaneRange(b.Log, 1, b.Last))), null, answers, either.Token);
        running.Add(catchingUp);

        var ended = await Task.WhenAny(running);
        if (ended == catchingUp && ended.IsCompletedSuccessfully)
        {
            running.Remove(catchingUp);
            ended = await Task.WhenAny(running);
        }
        await either.CancelAsync();
        foreach (var task in running.Where(t => t != ended))
            await task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await ended;
    }

    private LaneReader Reader(IEnumerable<LaneRange> ranges) => new(ranges, receipts, centre.NewBackoff, context.Time);

    /// Older epochs are drained before a new one opens; only a ledger that lost its tail makes them unsent again. They go first, oldest
    /// first: after a record of a newer epoch the ledger takes none of an older one.
    private async Task SendOlderEpochsAsync(IReportConnection connection, CancellationToken cancellation)
    {
        foreach (var epoch in spool.All.Except(spool.Current).Where(s => Unsent(s) > 0).GroupBy(s => s.Epoch).OrderBy(e => e.Key))
        {
            using var lane = await Lane.OpenAsync(connection, Hello("backlog"), cancellation);
            await lane.RunAsync(Reader(epoch.Select(s => new LaneRange(s, 1, s.LastSequence))), null, answers, cancellation);
        }
    }

    public bool IsDrained() => Unsent() == 0;

    private ulong Unsent() => spool.All.Aggregate(0UL, (sum, s) => sum + Unsent(s));

    private ulong Unsent(ClassSpool log) => log.LastSequence - Math.Min(log.LastSequence, receipts.AnsweredCountOf(log.Epoch, log.Class));

    private Hello Hello(string lane) => new()
    {
        Producer = context.Options.Value.Producer,
        Epoch = spool.State?.Epoch ?? 0,
        Lane = lane,
        AgentVersion = AgentVersion.Text,
    };

    /// The service knows numbers we never gave in this epoch: our sequence state was lost or is a copy.
    private async Task CheckAsync(HelloAnswer answer, CancellationToken cancellation)
    {
        await origins.CheckAsync(answer.Origin, answer.CheckpointVkey, cancellation);
        if (answer.Epoch != spool.State?.Epoch)
            await spool.RequestRolloverAsync("sequence state lost", cancellation);
        foreach (var mark in answer.Known)
            if (spool.Current.FirstOrDefault(s => s.Class == mark.RecordClass) is { } log && mark.LastSequence > log.LastSequence)
                await spool.RequestRolloverAsync("sequence state lost", cancellation);
    }

    private async Task WaitForRolloverAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var (answered, asked) = (receipts.Changed.Next, spool.Appended.Next);
            if (spool.NeedsEpoch && IsDrained())
                return;
            await Task.WhenAny(answered, asked).WaitAsync(cancellation);
        }
    }
}
