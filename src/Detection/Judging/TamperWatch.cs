using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// Somebody was at the device: box door, moved, instrument replaced. Events until it has been quiet for a while are one episode.
internal sealed class TamperWatch(RuleContext context, RuleTerms.Tamper terms) : Watch(context)
{
    private Episode? _episode;
    private DateTimeOffset _last;

    public override void Judge(DeviceEvent happened, QuotedReading where, DateTimeOffset at, List<Decision> to)
    {
        var observed = Instant.IsKnown(happened.ObservedAt) ? happened.ObservedAt.ToDateTimeOffset() : at;
        if (!terms.Events.Contains(happened.Kind) || !Rule.IsInForce(observed))
            return;
        _last = at;
        var maintenance = Context.MaintenanceAt(observed);
        if (_episode is { } other && other.Maintenance != maintenance)
            Close(at, EndReasons.MaintenanceEdge, to);
        var opens = _episode is null;
        _episode ??= new Episode(observed, maintenance) { Opened = true };
        _episode.Add(_episode.Count + 1, _episode.Count + 1, observed, where);
        if (opens)
            Tell(EpisodePhase.Opened, at, happened.Detail, to);
        else if (at - _episode.ReportedAt >= Rule.UpdateEvery)
            Tell(EpisodePhase.Updated, at, happened.Detail, to);
    }

    public override void Tick(DateTimeOffset now, List<Decision> to)
    {
        if (_episode is not null && now - _last >= terms.Quiet)
            Close(now, "", to);
    }

    public override IEnumerable<OpenEpisode> Episodes => Context.Open(_episode, late: false);

    public override void Withdraw(DateTimeOffset now, List<Decision> to)
    {
        if (_episode is not null)
            Close(now, EndReasons.RuleChanged, to);
    }

    private void Close(DateTimeOffset at, string why, List<Decision> to)
    {
        Tell(EpisodePhase.Cleared, at, why, to);
        _episode = null;
    }

    private void Tell(EpisodePhase phase, DateTimeOffset at, string why, List<Decision> to)
    {
        _episode!.Told(at); // callers have one
        to.Add(AlertWriter.Write(Context, _episode, phase, late: false, why));
    }

    public override void Write(StateWriter to)
    {
        to.Time(_last);
        Episode.Write(_episode, to);
    }

    public override void Read(StateReader from)
    {
        _last = from.Time();
        _episode = Episode.Read(from);
    }
}
