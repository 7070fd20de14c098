using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Readings;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;

/// Looks for periods that did not come and asks their stations for them: hours first, then days, then minutes, the oldest gap first, one slice
/// of one kind per station and round. A slice that was answered is not asked for again for a day, whether the station had it or not;
/// one that was refused or timed out is tried again with a growing pause.
internal sealed class GapPump(
    CoverageBook coverage, StationDirectory stations, IOptions<Hj212Options> options, TimeProvider time) : IAgentLoop
{
    // Hours decide under the permit; minutes are many.
    private static readonly (ReadingKind Kind, int Cn, int PeriodsPerSlice)[] Kinds =
        [(ReadingKind.Hour, Cn.Hour, 24), (ReadingKind.Day, Cn.Day, 31), (ReadingKind.Minute, Cn.Minute, 36)];

    private static readonly TimeSpan AnsweredFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    private sealed class Asking
    {
        public Task<DeviceExchange>? Running { get; set; }

        public (ReadingKind Kind, Stretch Slice) Asked { get; set; }

        public Dictionary<ReadingKind, (PeriodCoverage Answered, DateTimeOffset Until)> Answered { get; } = [];

        public int Failures { get; set; }

        public DateTimeOffset NotBefore { get; set; }
    }

    private readonly Dictionary<string, Asking> _asking = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!Hj212Pump.IsOn(options.Value) || !options.Value.RecallGaps)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
            return;
        }
        coverage.Open();
        using var ticks = new PeriodicTimer(options.Value.GapInterval, time);
        while (await ticks.WaitForNextTickAsync(cancellation))
            Round();
    }

    private void Round()
    {
        var now = time.GetUtcNow();
        coverage.Update(now - options.Value.RecallHorizon);
        foreach (var station in stations.Listed)
            if (station.Newest is { } link)
                Ask(station, link, now);
    }

    private void Ask(StationState station, CommandQueue link, DateTimeOffset now)
    {
        if (!_asking.TryGetValue(station.Mn, out var asking))
            _asking.Add(station.Mn, asking = new Asking());
        if (asking.Running is { IsCompleted: false })
            return;
        if (asking.Running is { IsCompletedSuccessfully: true } ended)
            Judge(asking, ended.Result, now);
        asking.Running = null;
        if (now < asking.NotBefore || NextSlice(station, asking, now) is not { } next)
            return;
        var command = HostCommand.Recall(station, next.Cn, next.Slice.Begin, next.Slice.End, "gap after outage");
        if (!link.TryPost(command))
            return;
        asking.Asked = (next.Kind, next.Slice);
        asking.Running = command.Done;
        station.Recall = new RunningRecall($"{next.Kind.ToString().ToLowerInvariant()} {Hj212Time.Show(next.Slice.Begin)} to {Hj212Time.Show(next.Slice.End)}", command.Done);
    }

    /// A row on its way when 9012 came is in the coverage by the next round: the slice is noted as answered, not as covered.
    private void Judge(Asking asking, DeviceExchange exchange, DateTimeOffset now)
    {
        if (exchange.Outcome == HostExchange.LinkLost)
            return;
        if (exchange.Outcome != HostExchange.Completed)
        {
            var pause = options.Value.GapInterval * Math.Pow(2, Math.Min(++asking.Failures, 20));
            asking.NotBefore = now + (pause < LongestPause ? pause : LongestPause);
            return;
        }
        asking.Failures = 0;
        var (kind, slice) = asking.Asked;
        if (!asking.Answered.TryGetValue(kind, out var answered) || answered.Until <= now)
            asking.Answered[kind] = answered = (new PeriodCoverage(), now + AnsweredFor);
        answered.Answered.Add(slice);
    }

    private (ReadingKind Kind, int Cn, Stretch Slice)? NextSlice(StationState station, Asking asking, DateTimeOffset now)
    {
        foreach (var (kind, cn, periods) in Kinds)
        {
            if (coverage.Find(station.Mn, kind) is not { } covered)
                continue;
            var period = ReadingMapper.PeriodOf(kind, station.Listed);
            // The last period that has ended and had its time to come by itself.
            var until = Floor(now - options.Value.GapGrace, period);
            var known = asking.Answered.TryGetValue(kind, out var answered) && answered.Until > now
                ? new PeriodCoverage(covered.Stretches.Concat(answered.Answered.Stretches))
                : covered;
            foreach (var gap in known.Gaps(now - options.Value.RecallHorizon, until))
            {
                var begin = Floor(gap.Begin, period);
                var most = begin + (period * periods);
                return (kind, cn, new Stretch(begin, gap.End < most ? gap.End : most));
            }
        }
        return null;
    }

    /// The beginning of the period an instant lies in; days begin at local midnight.
    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan period)
    {
        var day = Hj212Time.DayOf(at);
        return day + new TimeSpan((at - day).Ticks / period.Ticks * period.Ticks);
    }
}
