namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>What attaching needs of a case. Times are microseconds since 1970 UTC.</summary>
internal sealed record CaseView(string CaseId, string NumberKey, IReadOnlyList<string> Officers)
{
    public TimeSpanMicros? Window { get; init; }

    /// <summary>Null when the case has no position or no radius: then nothing attaches by distance.</summary>
    public (double Latitude, double Longitude, double RadiusM)? Place { get; init; }

    /// <summary>The alert behind its lead; empty for a case opened free.</summary>
    public string AlertId { get; init; } = "";
}
