namespace EdgeEnforcement.IngestService.Diagnostics;

/// <summary>Ready or not, and the numbers behind it.</summary>
internal sealed record HealthFinding(bool IsReady, IReadOnlyDictionary<string, object> Numbers)
{
    /// <summary>Ready, but a person should look.</summary>
    public bool IsDegraded { get; init; }
}
