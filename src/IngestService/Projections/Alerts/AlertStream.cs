using System.Globalization;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>Names of an alert's streams in the sequencer.</summary>
internal static class AlertStream
{
    private const string Prefix = "alert/";
    private const string ClockSuffix = "/clock";
    private const string SamplePart = "/sample/";

    public static string Of(string alertId) => Prefix + alertId;

    /// <summary>Of the one fact that nobody took the alert up in time: apart from the alert's own, so that no act meets a conflict for it.</summary>
    public static string Clock(string alertId) => Prefix + alertId + ClockSuffix;

    /// <summary>Of the one word on a closing.</summary>
    public static string Sample(string alertId, ulong closingEntry) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{alertId}{SamplePart}{closingEntry}");

    /// <summary>The alert whose own stream it is.</summary>
    public static bool TryParse(string stream, out string alertId)
    {
        bool found = stream.StartsWith(Prefix, StringComparison.Ordinal)
            && !stream.EndsWith(ClockSuffix, StringComparison.Ordinal) && !stream.Contains(SamplePart, StringComparison.Ordinal);
        alertId = found ? stream[Prefix.Length..] : "";
        return found;
    }
}
