using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>An environment agency with its team, and one person for each part in a case.</summary>
internal static class ProcedurePeople
{
    public const string Agency = "yb-environment";
    public const string Team = "yb-environment-team";

    public static readonly string[] Domains = ["river", "environment", "traffic", "urban", "market"];

    // Registers that are taken over have a past.
    private static readonly Timestamp Since = Timestamp.FromDateTimeOffset(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)));

    public static IEnumerable<RegisterChange> Units =>
    [
        Held(new RegisterChange { Id = Agency, Unit = new OrganisationUnit { Name = "渝北区生态环境局", Level = UnitLevel.District, Standing = UnitStanding.Agency } }),
        Held(new RegisterChange { Id = Team, Unit = new OrganisationUnit { Name = "执法支队", Level = UnitLevel.Team, Standing = UnitStanding.Internal, ParentId = Agency } }),
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
        Officer("deputy", "陈副局", OfficerRole.AgencyHead),
        Officer("presider", "吴听证", OfficerRole.HearingPresider),
        Officer("custodian", "郑档案", OfficerRole.EvidenceCustodian),
        Officer("sup", "何监督", OfficerRole.Supervisor),
    ];

    public static IEnumerable<RegisterChange> Competence =>
    [
        .. Domains.Select(domain => Held(new RegisterChange
        {
            Id = "item-" + domain,
            Item = new EnforcementItem
            {
                Name = "向水体倾倒垃圾的处罚", Domain = domain, FromDay = "2020-01-01", OffSite = true,
                Basis = { new LegalBasis { Law = "中华人民共和国水污染防治法", Article = "第八十五条", FromDay = "2018-01-01" } },
            },
        })),
        .. Domains.Select(domain => Held(new RegisterChange
        {
            Id = "grant-" + domain, Grant = new CompetenceGrant { UnitId = Agency, Basis = GrantBasis.Statutory, FromDay = "2020-01-01", ItemIds = { "item-" + domain } },
        })),
    ];

    /// <summary>Of one who is not of these people, his id.</summary>
    public static string NameOf(string officer) => All.FirstOrDefault(change => change.Id == officer)?.Officer.Name ?? officer;

    public static RegisterChange Officer(string id, string name, params OfficerRole[] roles) => Held(new RegisterChange
    {
        Id = id,
        Officer = new Officer
        {
            Name = name, Number = id, LegalQualification = roles.Contains(OfficerRole.LegalReviewer),
            Certificates = { new EnforcementCertificate { Number = "渝A-" + id, Issuer = "重庆市司法局", FromDay = "2020-01-01", ThroughDay = "2099-12-31", Domains = { "*" } } },
            Assignments = { new Assignment { UnitId = Team, Roles = { roles }, FromDay = "2020-01-01" } },
        },
    });

    /// <summary>Registers that are taken over have a past.</summary>
    public static RegisterChange Held(RegisterChange change)
    {
        (change.ValidFrom, change.Correction) = (Since, true);
        return change;
    }
}
