namespace EdgeEnforcement.IngestService.Clerk.CentreRules;

/// <summary>All that deciding at the centre remembers after entries below Position.</summary>
internal sealed record CentreState(ulong Position, IReadOnlyList<CentreEngine> Engines)
{
    public static CentreState Empty { get; } = new(0, []);
}
