using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// Roles one person may not have in the same case. APL 58 with the city's rule on separation (审办分离): who investigates does not review;
/// APL 64 (4): nor preside the hearing; who reviews does not approve; the device's installer does not review it technically.
/// Unit heads and supervisors as the service's own rule: docs/decisions/registers.md.
/// </summary>
internal static class RoleSeparation
{
    private static readonly (OfficerRole One, OfficerRole Other)[] Apart =
    [
        (OfficerRole.Handler, OfficerRole.LegalReviewer),
        (OfficerRole.Handler, OfficerRole.HearingPresider),
        (OfficerRole.Handler, OfficerRole.AgencyHead),
        (OfficerRole.Handler, OfficerRole.Supervisor),
        (OfficerRole.UnitHead, OfficerRole.LegalReviewer),
        (OfficerRole.LegalReviewer, OfficerRole.AgencyHead),
        (OfficerRole.HearingPresider, OfficerRole.UnitHead),
        (OfficerRole.TechnicalReviewer, OfficerRole.Installer),
        (OfficerRole.SystemAdministrator, OfficerRole.Handler),
        (OfficerRole.SystemAdministrator, OfficerRole.EvidenceReviewer),
        (OfficerRole.SystemAdministrator, OfficerRole.LegalReviewer),
        (OfficerRole.SystemAdministrator, OfficerRole.AgencyHead),
        (OfficerRole.SystemAdministrator, OfficerRole.EvidenceCustodian),
    ];

    /// <summary>The role held that bars this one; null: none.</summary>
    public static OfficerRole? Bars(OfficerRole role, IEnumerable<OfficerRole> held)
    {
        foreach (OfficerRole other in held)
        {
            if (Apart.Contains((role, other)) || Apart.Contains((other, role)))
                return other;
        }

        return null;
    }
}
