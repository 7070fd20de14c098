namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <param name="Error">What the server said of the lines; null: it took them all.</param>
internal sealed record InfluxVerdict(string? Error)
{
    public static readonly InfluxVerdict Taken = new((string?)null);
}
