namespace EdgeEnforcement.IngestService.Diagnostics;

/// <summary>What a series makes of its measurements.</summary>
internal enum MetricAggregation
{
    Sum,
    Last,
    Distribution,
}
