namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

/// <summary>Names of a case's two streams in the sequencer: attaching media moves only the second.</summary>
internal static class CaseStream
{
    public static string Lifecycle(string caseId) => $"case/{caseId}/lifecycle";

    public static string Evidence(string caseId) => $"case/{caseId}/evidence";

    /// <summary>The case of either stream; a case's id may hold a slash of its own.</summary>
    public static string CaseOf(string stream) => stream["case/".Length..stream.LastIndexOf('/')];

    public static bool IsCase(string stream) => stream.StartsWith("case/", StringComparison.Ordinal);
}
