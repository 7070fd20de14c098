using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Registers;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>An environment agency with its team, and one person for each part in a case.</summary>
internal static class ProcedurePeople
{
    public const string Agency = "yb-environment";
    public const string Team = "yb-environment-team";

    public static readonly string[] Domains = ["river", "environment", "traffic", "urban", "market"];

    public static IEnumerable<RegisterChange> Units =>
    [
        RegisterWorld.Unit(Agency, "渝北区生态环境局", UnitStanding.Agency, UnitLevel.District),
        RegisterWorld.Unit(Team, "执法支队", UnitStanding.Internal, UnitLevel.Team, Agency),
    ];

    public static IEnumerable<RegisterChange> All =>
    [
        Officer("han-a", "张承办", OfficerRole.Handler, OfficerRole.ServiceOfficer),
        Officer("han-b", "李协办", OfficerRole.Handler, OfficerRole.ServiceOfficer),
        Officer("han-c", "王他案", OfficerRole.Handler),
        Officer("evi", "赵证据", OfficerRole.EvidenceReviewer),
        Officer("head-unit", "钱支队", OfficerRole.UnitHead),
        Officer("legal", "孙法制", OfficerRole.LegalReviewer),
        Officer("head-agency", "周局长", OfficerRole.AgencyHead),
        Officer("presider", "吴听证", OfficerRole.HearingPresider),
        Officer("custodian", "郑档案", OfficerRole.EvidenceCustodian),
    ];

    public static IEnumerable<RegisterChange> Competence =>
    [
        .. Domains.Select(domain => RegisterWorld.Item("item-" + domain, domain, from: "2020-01-01")),
        .. Domains.Select(domain => Grant("grant-" + domain, "item-" + domain)),
    ];

    private static RegisterChange Grant(string id, string item)
    {
        RegisterChange change = RegisterWorld.Grant(id, Agency, GrantBasis.Statutory, item);
        (change.Grant.FromDay, change.Grant.ThroughDay) = ("2020-01-01", "");
        return change;
    }

    public static RegisterChange Officer(string id, string name, params OfficerRole[] roles)
    {
        RegisterChange change = RegisterWorld.Officer(id, name, Team, "2020-01-01", "2099-12-31", roles);
        change.Officer.LegalQualification = roles.Contains(OfficerRole.LegalReviewer);
        change.Officer.Certificates[0].Domains.Clear();
        change.Officer.Certificates[0].Domains.Add("*");
        return change;
    }
}
