using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// One run of readings, in the order of their times, under one rule: the live ones, or those that came late. It turns verdicts into an
/// episode: hold time, hysteresis, clear hold. Time is the readings' own: nothing opens or ends for want of readings.
internal sealed class Lane(RuleContext context, bool late)
{
    private Condition _condition = Condition.Of(context.Rule.Terms);
    private DateTimeOffset? _clearSince;

    public Episode? Episode { get; private set; }

    /// The newest time judged, and when it came.
    public DateTimeOffset LastObserved { get; private set; }

    public DateTimeOffset LastArrival { get; private set; }

    /// Called when an episode may have to be told; the late lane asks who knows of it already. Returns false to keep silent.
    public required Func<Episode, bool> MayTell { get; init; }

    public required Action<Episode> Over { get; init; }

    public void Feed(in Observation reading, List<Decision> to)
    {
        (LastObserved, LastArrival) = (reading.ObservedAt, reading.ArrivedAt);
        var verdict = _condition.Judge(reading);
        // A reading between the levels that breaks off a run of clear ones is needed to decide again when it ended.
        if ((_condition.EachCounts && verdict.Kind is VerdictKind.NotJudged or VerdictKind.Between) || (verdict.Kind == VerdictKind.Between && _clearSince is not null))
            Episode?.Quotes.Add(reading.Quote(), isWorst: false);
        switch (verdict.Kind)
        {
            case VerdictKind.NotJudged:
                break;
            case VerdictKind.Breach:
                Breach(reading, verdict, to);
                break;
            case VerdictKind.Between when Episode is { Opened: true }:
                _clearSince = null;
                break;
            case VerdictKind.Clear when Episode is { Opened: true } open:
                Clear(open, reading, to);
                break;
            case VerdictKind.Between:
            case VerdictKind.Clear:
                Episode = null;
                break;
            default:
                throw new InvalidOperationException($"No such verdict: {verdict.Kind}.");
        }
    }

    /// Ends the run: what it holds open is told as ended, and what comes next begins anew.
    public void End(DateTimeOffset at, string why, List<Decision> to)
    {
        if (Episode is { Opened: true } open)
            Close(open, at, why, to);
        (Episode, _clearSince, _condition, LastObserved) = (null, null, Condition.Of(context.Rule.Terms), default);
    }

    private void Breach(in Observation reading, Verdict verdict, List<Decision> to)
    {
        _clearSince = null;
        var maintenance = context.MaintenanceAt(reading.ObservedAt);
        if (Episode is { } other && other.Maintenance != maintenance)
        {
            if (other.Opened)
                Close(other, reading.ArrivedAt, EndReasons.MaintenanceEdge, to);
            Episode = null;
        }
        if (Episode is null)
            Begin(reading, maintenance);
        var episode = Episode!; // begun above
        episode.Add(verdict.Measured, verdict.Excess, reading.PeriodEnd, reading.Quote());
        episode.Opened |= reading.PeriodEnd - episode.Start >= context.Rule.Hold;
        if (!episode.Opened)
            return;
        if (!episode.Reported)
        {
            if (MayTell(episode))
                Tell(episode, EpisodePhase.Opened, reading.ArrivedAt, "", to);
        }
        else if (reading.ArrivedAt - episode.ReportedAt >= context.Rule.UpdateEvery)
        {
            Tell(episode, EpisodePhase.Updated, reading.ArrivedAt, "", to);
        }
    }

    private void Begin(in Observation reading, string maintenance)
    {
        var earlier = _condition.RestsOn.ToList();
        var start = _condition.BeginsWithRest && earlier.Count > 0 && earlier[0].Reading.ObservedAt is { } first ? first.ToDateTimeOffset() : reading.ObservedAt;
        Episode = new Episode(start, maintenance);
        foreach (var quote in earlier)
            Episode.Quotes.Add(quote, isWorst: false);
        Episode.Quotes.LeaveOut(_condition.RestsLeftOut);
    }

    private void Clear(Episode open, in Observation reading, List<Decision> to)
    {
        var held = _clearSince is not { } since ? reading.PeriodEnd - reading.ObservedAt : reading.PeriodEnd - since;
        var isOver = held >= context.Rule.ClearHold;
        if (_clearSince is null || isOver || _condition.EachCounts)
            open.Quotes.Add(reading.Quote(), isWorst: false);
        _clearSince ??= reading.ObservedAt;
        if (!isOver)
            return;
        _clearSince = null;
        Close(open, reading.ArrivedAt, "", to);
    }

    private void Close(Episode open, DateTimeOffset at, string why, List<Decision> to)
    {
        if (open.Reported)
            Tell(open, EpisodePhase.Cleared, at, why, to);
        Over(open);
        Episode = null;
    }

    private void Tell(Episode episode, EpisodePhase phase, DateTimeOffset at, string why, List<Decision> to)
    {
        episode.Told(at);
        to.Add(AlertWriter.Write(context, episode, phase, late, why));
    }

    public void Write(StateWriter to)
    {
        to.Time(LastObserved);
        to.Time(LastArrival);
        to.Flag(_clearSince is not null);
        to.Time(_clearSince ?? default);
        Judging.Episode.Write(Episode, to);
        _condition.Write(to);
    }

    public void Read(StateReader from)
    {
        LastObserved = from.Time();
        LastArrival = from.Time();
        _clearSince = from.Flag() ? from.Time() : Skip(from);
        Episode = Judging.Episode.Read(from);
        _condition.Read(from);
    }

    private static DateTimeOffset? Skip(StateReader from)
    {
        from.Time();
        return null;
    }
}
