namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

/// <summary>Names of a case's streams in the sequencer: attaching media moves only the second, marks of deadlines only the third.</summary>
internal static class CaseStream
{
    public static string Lifecycle(string caseId) => $"case/{caseId}/lifecycle";

    public static string Evidence(string caseId) => $"case/{caseId}/evidence";

    public static string Clocks(string caseId) => $"case/{caseId}/clocks";

    /// <summary>The case of any of them; a case's id may hold a slash of its own.</summary>
    public static string CaseOf(string stream) => stream["case/".Length..stream.LastIndexOf('/')];

    public static bool IsCase(string stream) => stream.StartsWith("case/", StringComparison.Ordinal);
}
