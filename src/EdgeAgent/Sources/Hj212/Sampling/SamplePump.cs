using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog.Space;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Sampling;

/// Has a station keep a sample when a limit is exceeded (CN 3015, 超标留样): follows the alerts in P0, and asks each station that keeps samples once
/// for each episode that opened in time. What came of it is the exchange, whose reason names the episode; also when nothing was asked.
internal sealed class SamplePump(SampleBook book, AgentSpool spool, StationCommands commands, Hj212Parts parts) : IAgentLoop
{
    private readonly HashSet<string> _keepers = parts.Options.Stations.Where(s => s.KeepsSamples).Select(s => s.Mn).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<DeviceExchange>> _running = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!Hj212Pump.IsOn(parts.Options) || _keepers.Count == 0)
        {
            book.Delete();
            await Task.Delay(Timeout.InfiniteTimeSpan, parts.Time, cancellation);
            return;
        }
        await spool.Opened.WaitAsync(cancellation);
        var now = parts.Time.GetUtcNow();
        book.Open(now - parts.Options.SampleWorth, now);
        using var ticks = new PeriodicTimer(parts.Options.SampleInterval, parts.Time);
        while (await ticks.WaitForNextTickAsync(cancellation))
            try
            {
                await RoundAsync(cancellation);
            }
            // What cannot be remembered is not asked; it is looked at again at the next tick.
            catch (IOException e) when (DiskFull.IsRefusedWrite(e))
            {
                parts.Log.SamplesWait(e.Message);
            }
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        Look();
        foreach (var request in book.Requests)
            await GoOnAsync(request, cancellation);
    }

    private void Look()
    {
        var (cursor, found) = (book.Cursor, new List<SampleRequest>());
        foreach (var (at, record) in SpoolCursor.ReadAfter(spool, RecordClass.P0, cursor))
        {
            cursor = at;
            if (record.FieldAlert is { } alert && _keepers.Contains(record.SourceDevice) && WantsSample(alert) && record.Time.AgentTime.ToDateTimeOffset() >= book.NotBefore)
                found.Add(new SampleRequest(
                    record.SourceDevice, alert.Rule, alert.EpisodeId, alert.ObservedAt.ToDateTimeOffset() + parts.Options.SampleWorth,
                    SpoolCursor.BeforeTail(spool, RecordClass.P2, 0), AskedAt: null));
        }
        book.Take(cursor, found);
    }

    /// A value beyond a limit, in time, not in a planned maintenance (that is of kind device). What a day's mean or a recalled value tells
    /// of has flowed away.
    private static bool WantsSample(FieldAlert alert) =>
        alert is
        {
            Phase: EpisodePhase.Opened, Retrospective: false, Kind: AlertKind.SuspectedViolation or AlertKind.Warning, ObservedAt: not null,
            Basis.Comparison: "above" or "below" or "outside" or "all-of" or "any-of",
        }
        && alert.Basis.Readings.All(q => q.Reading is { Kind: ReadingKind.RealTime or ReadingKind.Minute or ReadingKind.Hour });

    private async Task GoOnAsync(SampleRequest request, CancellationToken cancellation)
    {
        var now = parts.Time.GetUtcNow();
        if (_running.ContainsKey(request.Episode))
            StrikeRecorded(request);
        else if (request.AskedAt is not null)
            await EndAsync(request, HostExchange.Interrupted, cancellation);
        else if (now > request.WorthUntil)
            await EndAsync(request, HostExchange.Expired, cancellation);
        else if (commands.CanAsk(request.Mn))
            Ask(request, now);
    }

    private void StrikeRecorded(SampleRequest request)
    {
        if (!_running[request.Episode].IsCompleted)
            return;
        book.Strike(request);
        _running.Remove(request.Episode);
    }

    private void Ask(SampleRequest request, DateTimeOffset now)
    {
        book.Put(request with { AskedAt = now });
        if (commands.TryKeepSample(request.Mn, request.Reason, request.WorthUntil) is { } exchange)
            _running.Add(request.Episode, exchange);
        else
            book.Put(request);
    }

    /// The exchange of a request that no link will record.
    private async Task EndAsync(SampleRequest request, string outcome, CancellationToken cancellation)
    {
        var now = parts.Time.GetUtcNow();
        var exchange = HostCommand.KeepSample(parts.Stations.Find(request.Mn), request.Reason, request.WorthUntil).Begin(request.AskedAt ?? now);
        exchange.Outcome = outcome;
        exchange.EndedAt = Timestamp.FromDateTimeOffset(now);
        await parts.Store.AppendAsync(request.Mn, exchange, cancellation);
        parts.Log.Exchanged(request.Mn, exchange.Command, exchange.Reason, outcome, 0);
        _running.Add(request.Episode, Task.FromResult(exchange));
        StrikeRecorded(request);
    }
}
