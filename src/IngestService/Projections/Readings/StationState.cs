namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>A station as the writer holds it in memory.</summary>
internal sealed class StationState(long id, string device)
{
    public long Id { get; } = id;

    public string Device { get; } = device;

    public required string Producer { get; set; }

    public required string Protocol { get; set; }

    public required long FirstSeen { get; init; }

    public long LastSeen { get; set; }

    public long SeriesCount { get; set; }

    /// <summary>Readings beyond <see cref="ReadingLimits.SeriesPerStation"/> series: in the ledger, in no table.</summary>
    public long Untabled { get; set; }

    public bool IsTouched { get; set; }
}
