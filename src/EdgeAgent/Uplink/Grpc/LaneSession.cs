using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Grpc;

/// One connection: the live lane with what is appended from now on, the backlog lane with what was there before. Either lane's fault
/// ends both, because the border between them is this connection's. Returns when a new epoch is due and nothing is unsent.
internal sealed class LaneSession(
    CentreChannel centre, AgentSpool spool, ReceiptStore receipts, AnswerDesk answers, Registration registration, LaneSession.Context context)
{
    internal sealed record Context(IOptions<AgentOptions> Options, UplinkState State, TimeProvider Time, ILogger<LaneSession> Log);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var client = new Report.ReportClient(centre.Channel);
        // The border is taken before the hello: what comes after it is live.
        var borders = spool.All.Select(log => (Log: log, Last: log.LastSequence)).ToArray();
        using var live = await Lane.OpenAsync(client, Hello("live"), either.Token);
        await CheckAsync(live.Answer, cancellation);
        using var backlog = await Lane.OpenAsync(client, Hello("backlog"), either.Token);

        context.Log.Connected(live.Answer.Origin, live.Answer.Epoch, Unsent());
        context.State.Set($"connected to {live.Answer.Origin}");
        var current = spool.Current;
        var running = new List<Task>
        {
            live.RunAsync(
                Reader(borders.Where(b => current.Contains(b.Log)).Select(b => new LaneRange(b.Log, b.Last + 1, ulong.MaxValue))),
                spool.Appended, answers, either.Token),
            WaitForRolloverAsync(either.Token),
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

    public bool IsDrained() => Unsent() == 0;

    private ulong Unsent() => spool.All.Aggregate(
        0UL, (sum, s) => sum + s.LastSequence - Math.Min(s.LastSequence, receipts.AnsweredCountOf(s.Epoch, s.Class)));

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
        registration.CheckLedger(answer.Origin, answer.CheckpointVkey);
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
