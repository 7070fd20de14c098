using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// Readings of one factor and period that rules were not allowed to judge: a device-state episode instead. Late ones have an episode of
/// their own, as everywhere. Where both sides look at the same readings the front end says it, and the centre is silent.
internal sealed class QualityWatch(RuleContext context, bool isSilent)
{
    private readonly KnownEpisodes _known = new();
    private Episode? _live;
    private Episode? _late;
    private DateTimeOffset _lateArrival;

    public static Rule RuleFor(Measure measure) => new()
    {
        Id = BuiltInRules.QualityFlag,
        Title = $"{measure.FactorName}数据不可用于判定",
        Kind = RuleKind.Quality,
        Effect = RuleEffect.Device,
        Decider = default,
        Category = AlertCategory.Device,
        Severity = AlertSeverity.Info,
        Stations = [],
        Target = $"{measure.Factor} {Explanation.NameOf(measure.Period)}",
        Source = new RuleSource("HJ 212-2017 数据标记", "", "", default),
        Terms = new RuleTerms.Quality(measure),
        ValidFrom = DateTimeOffset.MinValue,
        ValidUntil = DateTimeOffset.MaxValue,
        UpdateEvery = TimeSpan.FromHours(1),
        Fingerprint = default,
    };

    public bool IsSilent => isSilent;

    /// <param name="why">Null: the rules could judge it.</param>
    public void Judge(in Observation reading, bool live, string? why, List<Decision> to)
    {
        if (isSilent)
            return;
        if (live)
        {
            if (why is not null)
                _live = Count(_live, reading, why, late: false, to);
            else if (_live is not null)
                _live = Close(_live, reading.ArrivedAt, late: false, to);
        }
        else if (why is not null && !(_late is null && _known.Has(reading.ObservedAt)))
        {
            _late = Count(_late, reading, why, late: true, to);
            _lateArrival = reading.ArrivedAt;
        }
    }

    public void Tick(DateTimeOffset now, List<Decision> to)
    {
        if (_late is not null && now - _lateArrival >= ReadingWatch.LateQuiet)
            _late = Close(_late, now, late: true, to);
    }

    public IEnumerable<OpenEpisode> Episodes => [.. context.Open(_live, late: false), .. context.Open(_late, late: true)];

    public void Withdraw(DateTimeOffset now, List<Decision> to)
    {
        _live = _live is null ? null : Close(_live, now, late: false, to);
        _late = _late is null ? null : Close(_late, now, late: true, to);
    }

    private Episode Count(Episode? episode, in Observation reading, string why, bool late, List<Decision> to)
    {
        var opens = episode is null;
        episode ??= new Episode(reading.ObservedAt, context.MaintenanceAt(reading.ObservedAt)) { Opened = true };
        var value = reading.Pick(ValueChoice.Value) ?? 0;
        episode.Add(value, value, reading.PeriodEnd, reading.Quote());
        if (opens || reading.ArrivedAt - episode.ReportedAt >= context.Rule.UpdateEvery)
        {
            episode.Told(reading.ArrivedAt);
            to.Add(AlertWriter.Write(context, episode, opens ? EpisodePhase.Opened : EpisodePhase.Updated, late, why));
        }
        return episode;
    }

    private Episode? Close(Episode episode, DateTimeOffset at, bool late, List<Decision> to)
    {
        episode.Told(at);
        to.Add(AlertWriter.Write(context, episode, EpisodePhase.Cleared, late, ""));
        _known.Add(episode);
        return null;
    }

    public void Write(StateWriter to)
    {
        _known.Write(to);
        to.Time(_lateArrival);
        Episode.Write(_live, to);
        Episode.Write(_late, to);
    }

    public void Read(StateReader from)
    {
        _known.Read(from);
        _lateArrival = from.Time();
        _live = Episode.Read(from);
        _late = Episode.Read(from);
    }
}
