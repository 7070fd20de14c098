using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// After an outage, what the device sends in from it is beyond the limit: pulling the cable helps nobody. One episode for each outage,
/// which begins with it.
internal sealed class BackfillWatch(RuleContext context, RuleTerms.Backfill terms) : Watch(context)
{
    private const int MostGaps = 16;

    private readonly List<Gap> _gaps = [];
    private DateTimeOffset _heardAt;
    private DateTimeOffset _heardEnd;
    private DateTimeOffset _lastArrival;
    private Episode? _episode;

    public override void Heard(in Observation reading, bool live, List<Decision> to)
    {
        if (!live || reading.IsRecalled)
            return;
        if (_heardAt != default && reading.ArrivedAt - _heardAt >= terms.Outage)
            Open(_heardEnd).To = reading.ObservedAt;
        (_heardAt, _heardEnd) = (reading.ArrivedAt, reading.PeriodEnd);
    }

    public override void Judge(in Observation reading, bool live, List<Decision> to)
    {
        if ((live && !reading.IsRecalled) || reading.Pick(terms.Measure.Value) is not { } value || GapOf(reading) is not { } gap)
            return;
        var excess = terms.Limit.Excess(value);
        // Sent again; no graver than what was told.
        if (excess <= 0 || (reading.ObservedAt <= gap.JudgedTo && excess <= gap.WorstExcess))
            return;
        (gap.JudgedTo, gap.WorstExcess) = (Later(gap.JudgedTo, reading.ObservedAt), Math.Max(gap.WorstExcess, excess));
        _lastArrival = reading.ArrivedAt;
        if (_episode is { } other && other.Start != gap.From)
            Close(reading.ArrivedAt, "", to);
        var opens = _episode is null;
        _episode ??= new Episode(gap.From, Context.MaintenanceAt(reading.ObservedAt)) { Opened = true };
        _episode.Add(value, excess, reading.PeriodEnd, reading.Quote());
        if (opens)
            Tell(EpisodePhase.Opened, reading.ArrivedAt, "", to);
        else if (reading.ArrivedAt - _episode.ReportedAt >= Rule.UpdateEvery)
            Tell(EpisodePhase.Updated, reading.ArrivedAt, "", to);
    }

    private Gap? GapOf(in Observation reading)
    {
        var at = reading.ObservedAt;
        var known = _gaps.Find(g => at >= g.From && at < g.To);
        var stillOut = _heardAt != default && at >= _heardEnd && reading.ArrivedAt - _heardAt >= terms.Outage;
        return known ?? (stillOut ? Open(_heardEnd) : null);
    }

    private Gap Open(DateTimeOffset from)
    {
        if (_gaps.Find(g => g.From == from) is { } known)
            return known;
        var gap = new Gap { From = from };
        _gaps.Add(gap);
        if (_gaps.Count > MostGaps)
            _gaps.RemoveAt(0);
        return gap;
    }

    public override void Tick(DateTimeOffset now, List<Decision> to)
    {
        if (_episode is not null && now - _lastArrival >= terms.Quiet)
            Close(now, "", to);
    }

    public override IEnumerable<OpenEpisode> Episodes => Context.Open(_episode, late: true);

    public override void Withdraw(DateTimeOffset now, List<Decision> to)
    {
        if (_episode is not null)
            Close(now, EndReasons.RuleChanged, to);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private void Close(DateTimeOffset at, string why, List<Decision> to)
    {
        Tell(EpisodePhase.Cleared, at, why, to);
        _episode = null;
    }

    private void Tell(EpisodePhase phase, DateTimeOffset at, string why, List<Decision> to)
    {
        _episode!.Told(at); // callers have one
        to.Add(AlertWriter.Write(Context, _episode, phase, late: true, why));
    }

    public override void Write(StateWriter to)
    {
        to.Time(_heardAt);
        to.Time(_heardEnd);
        to.Time(_lastArrival);
        Episode.Write(_episode, to);
        to.Number((long)_gaps.Count);
        foreach (var gap in _gaps)
        {
            to.Time(gap.From);
            to.Time(gap.To);
            to.Time(gap.JudgedTo);
            to.Number(gap.WorstExcess);
        }
    }

    public override void Read(StateReader from)
    {
        (_heardAt, _heardEnd, _lastArrival) = (from.Time(), from.Time(), from.Time());
        _episode = Episode.Read(from);
        for (var left = from.Signed(); left > 0; left--)
            _gaps.Add(new Gap { From = from.Time(), To = from.Time(), JudgedTo = from.Time(), WorstExcess = from.Double() });
    }

    /// An outage by the readings' own times; To stays open until something came in time again.
    private sealed class Gap
    {
        public required DateTimeOffset From { get; init; }
        public DateTimeOffset To { get; set; } = DateTimeOffset.MaxValue.ToUniversalTime();
        public DateTimeOffset JudgedTo { get; set; }
        public double WorstExcess { get; set; }
    }
}
