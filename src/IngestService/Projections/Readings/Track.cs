using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>All readings of one kind of one station: what comes in one message, lies in one row and is rolled up together.</summary>
internal sealed class Track(long station, ReadingKind kind)
{
    private readonly RollUpLevel[] _levels = RollUpLevels.Of(kind);
    private bool _wasRolled;

    public long Station { get; } = station;

    public ReadingKind Kind { get; } = kind;

    public ReadOnlySpan<RollUpLevel> Levels => _levels;

    /// <summary>Greatest time of a row in a month's table: roll-ups are made of what lies before its bucket. Null until there is one.</summary>
    public long? Rolled { get; set; }

    /// <summary>Whether the batch in hand has rows of it.</summary>
    public bool IsTouched { get; private set; }

    /// <summary><see cref="Rolled"/> before the batch; the batch's earliest time where there was none.</summary>
    public long RolledBefore { get; private set; }

    /// <summary>Buckets of the first level that were closed before the batch and got rows in it.</summary>
    public SortedSet<long> Reopened { get; } = [];

    /// <summary>The first row of the batch in hand.</summary>
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

    /// <summary>A row that goes into a month's table.</summary>
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
