using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Detection;

/// <summary>Where a rule comes from; at least one of the three is given. JudgedPeriod: by which period's value the source judges.</summary>
public sealed record RuleSource(string Standard, string Permit, string Article, ReadingKind JudgedPeriod)
{
    public override string ToString() => string.Join("；", new[] { Standard, Permit, Article }.Where(p => p.Length > 0));
}
