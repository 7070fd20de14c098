namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>Name of an alert's stream in the sequencer.</summary>
internal static class AlertStream
{
    private const string Prefix = "alert/";

    public static string Of(string alertId) => Prefix + alertId;

    public static bool TryParse(string stream, out string alertId)
    {
        bool found = stream.StartsWith(Prefix, StringComparison.Ordinal);
        alertId = found ? stream[Prefix.Length..] : "";
        return found;
    }
}
