using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>What a chart asks for: [From, To) in milliseconds since 1970 UTC. An empty unit means that of the newest reading.</summary>
internal sealed record SeriesRange(string Device, string Factor, ReadingKind Kind, string Unit, long From, long To, int MaxPoints)
{
    /// <summary>Width of a point if the range is cut into as many as may be shown.</summary>
    public long Width => Math.Max(1, (To - From + MaxPoints - 1) / MaxPoints);
}
