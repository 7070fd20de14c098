using System.Globalization;
using EdgeEnforcement.IngestService.Diagnostics;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>
/// A finding does not stop the service: what arrives is still better taken than refused. It is degraded until a whole round finds
/// nothing.
/// </summary>
internal sealed class ScrubHealthProbe(ScrubStatus status) : IHealthProbe
{
    public string Name => "scrub";

    public HealthFinding Check()
    {
        var state = status.State;
        var findings = state.Standing;
        var numbers = new Dictionary<string, object>
        {
            ["verifiedSize"] = state.VerifiedSize.ToString(CultureInfo.InvariantCulture),
            ["verifiedAt"] = state.VerifiedAt?.ToString("O", CultureInfo.InvariantCulture) ?? "",
            ["position"] = state.Position.ToString(CultureInfo.InvariantCulture),
            ["findings"] = findings,
        };
        if (state.Findings.Count > 0)
            numbers["first"] = state.Findings[0].ToString();
        return new HealthFinding(IsReady: true, numbers) { IsDegraded = findings > 0 };
    }
}
