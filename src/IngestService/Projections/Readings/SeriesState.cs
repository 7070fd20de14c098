namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>A series as the writer holds it in memory: its counters and latest reading.</summary>
internal sealed class SeriesState(long id)
{
    public long Id { get; } = id;

    public long Readings { get; set; }

    public long Late { get; set; }

    public long Odd { get; set; }

    public LatestReading? Latest { get; set; }

    /// <summary>Whether the batch in hand has readings of it.</summary>
    public bool IsTouched { get; set; }
}
