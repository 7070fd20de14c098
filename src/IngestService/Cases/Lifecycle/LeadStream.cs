namespace EdgeEnforcement.IngestService.Cases.Lifecycle;

/// <summary>One stream per lead number: the sequencer gives each number once.</summary>
internal static class LeadStream
{
    public static string Of(string number) => $"lead/{number}";
}
