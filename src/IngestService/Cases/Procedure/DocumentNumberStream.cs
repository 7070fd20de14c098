namespace EdgeEnforcement.IngestService.Cases.Procedure;

/// <summary>One stream per 文号: the sequencer gives each once.</summary>
internal static class DocumentNumberStream
{
    public static string Of(string number) => $"number/{number}";
}
