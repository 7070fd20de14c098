using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Points of a chart, from whichever store the service was told to read them from.</summary>
internal interface ISeriesQueries
{
    /// <summary>Points, unit, source and span; empty when there is no such series. Episodes and limits are the caller's.</summary>
    Task<SeriesAnswer> ReadAsync(SeriesRange range, CancellationToken cancellation);
}
