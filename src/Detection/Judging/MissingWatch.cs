using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// Silence: nothing in time came for longer than expected. What comes late does not end it. Worst is the silence in minutes.
internal sealed class MissingWatch(RuleContext context, RuleTerms.Missing terms, DateTimeOffset now) : Watch(context)
{
    private DateTimeOffset _heard = now;
    private QuotedReading? _last;
    private Episode? _episode;

    public override void Heard(in Observation reading, bool live, List<Decision> to)
    {
        if (!live)
            return;
        if (_episode is not null)
        {
            _episode.Quotes.Add(reading.Quote(), isWorst: false);
            Close(reading.ArrivedAt, "", to);
        }
        _heard = reading.ArrivedAt;
        _last = reading.Quote();
    }

    public override void Tick(DateTimeOffset now, List<Decision> to)
    {
        if (now - _heard < terms.After || !Rule.IsInForce(now))
            return;
        if (_episode is null)
        {
            _episode = new Episode(_heard, Context.MaintenanceAt(_heard + terms.After)) { Opened = true };
            // The due time, not the time of looking: the same silence makes the same alert.
            Count(_heard + terms.After, _last);
            Tell(EpisodePhase.Opened, now, "", to);
        }
        else if (now - _episode.ReportedAt >= Rule.UpdateEvery)
        {
            Count(now, null);
            Tell(EpisodePhase.Updated, now, "", to);
        }
    }

    public override void Resume(DateTimeOffset now)
    {
        if (_episode is null && now > _heard)
            _heard = now;
    }

    public override IEnumerable<OpenEpisode> Episodes => Context.Open(_episode, late: false);

    public override void Withdraw(DateTimeOffset now, List<Decision> to)
    {
        if (_episode is not null)
            Close(now, EndReasons.RuleChanged, to);
    }

    private void Count(DateTimeOffset at, QuotedReading? quote)
    {
        var minutes = (at - _heard).TotalMinutes;
        _episode!.Add(minutes, minutes, at, quote); // callers have one
    }

    private void Close(DateTimeOffset at, string why, List<Decision> to)
    {
        Count(at, null);
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
        to.Time(_heard);
        to.Optional(_last);
        Episode.Write(_episode, to);
    }

    public override void Read(StateReader from)
    {
        _heard = from.Time();
        _last = from.Optional(QuotedReading.Parser);
        _episode = Episode.Read(from);
    }
}
