namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Values within InfluxQL: a device's own words get into no statement but as a quoted string.</summary>
internal static class InfluxText
{
    public static string Quoted(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).ReplaceLineEndings("_")}'";
}
