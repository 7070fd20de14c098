using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>A series as the writer holds it in memory: its counters and latest reading, and what the batch in hand did to it.</summary>
internal sealed class SeriesState(long id, ReadingKind kind)
{
    private readonly RollUpLevel[] _levels = RollUpLevels.Of(kind);
    private bool _wasRolled;

    public long Id { get; } = id;

    public ReadOnlySpan<RollUpLevel> Levels => _levels;

    public long Readings { get; set; }

    public long Late { get; set; }

    public long Odd { get; set; }

    /// <summary>Greatest time of a reading in a month's table: roll-ups are made of what lies before its bucket. Null until there is one.</summary>
    public long? Rolled { get; set; }

    public LatestReading? Latest { get; set; }

    /// <summary>Whether the batch in hand has readings of it.</summary>
    public bool IsTouched { get; private set; }

    /// <summary><see cref="Rolled"/> before the batch; the batch's earliest time where there was none.</summary>
    public long RolledBefore { get; private set; }

    /// <summary>Buckets of the first level that were closed before the batch and got readings in it.</summary>
    public SortedSet<long> Reopened { get; } = [];

    /// <summary>The first reading of the batch in hand.</summary>
    public void Begin()
    {
        IsTouched = true;
        _wasRolled = Rolled is not null;
        RolledBefore = Rolled ?? long.MaxValue;
    }

    public void End()
    {
        IsTouched = false;
        Reopened.Clear();
    }

    /// <summary>A reading that goes into a month's table.</summary>
    public void Take(long observed)
    {
        if (!_wasRolled)
            RolledBefore = Math.Min(RolledBefore, observed);
        else if (observed < RolledBefore && _levels.Length > 0)
            Reopen(observed, _levels[0].Span());
        if (Rolled is not { } newest || observed > newest)
            Rolled = observed;
    }

    private void Reopen(long observed, long span)
    {
        long bucket = CivilCalendar.Floor(observed, span);
        if (bucket < CivilCalendar.Floor(RolledBefore, span))
            Reopened.Add(bucket);
    }
}
