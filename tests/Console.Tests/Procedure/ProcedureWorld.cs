using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

/// <summary>An environment agency with its team, and one person for each part in a case.</summary>
internal static class ProcedureWorld
{
    public const string Agency = "yb-environment";
    public const string Team = "yb-environment-team";

    // Registers that are taken over have a past.
    private static readonly DateTimeOffset Since = new(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private static readonly (string Id, string Name, OfficerRole[] Roles)[] People =
    [
        ("han-a", "张承办", [OfficerRole.Handler, OfficerRole.ServiceOfficer]), ("han-b", "李协办", [OfficerRole.Handler, OfficerRole.ServiceOfficer]),
        ("evi", "赵证据", [OfficerRole.EvidenceReviewer]), ("head-unit", "钱支队", [OfficerRole.UnitHead]), ("legal", "孙法制", [OfficerRole.LegalReviewer]),
        ("head-agency", "周局长", [OfficerRole.AgencyHead]), ("sup", "何监督", [OfficerRole.Supervisor]),
    ];

    public static string NameOf(string id) => People.Single(person => person.Id == id).Name;

    public static Filing Filing() => new()
    {
        ItemId = "item-environment", UnitId = Team, Place = "桃花溪", PartyKind = PartyKind.Citizen, PartyName = "刘某", ActFromDay = "2026-11-01", ActThroughDay = "2026-11-20",
        Facts = "向河道倾倒垃圾", FilingStandard = "符合立案标准第一项",
    };

    public static RegisterChange[] Units() =>
    [
        Held(new() { Id = Agency, Unit = new() { Name = "渝北区生态环境局", Level = UnitLevel.District, Standing = UnitStanding.Agency } }),
        Held(new() { Id = Team, Unit = new() { Name = "执法支队", Level = UnitLevel.Team, Standing = UnitStanding.Internal, ParentId = Agency } }),
    ];

    public static RegisterChange[] Officers() =>
    [
        .. People.Select(person => Held(new()
        {
            Id = person.Id,
            Officer = new()
            {
                Name = person.Name, Number = person.Id, LegalQualification = person.Roles.Contains(OfficerRole.LegalReviewer),
                Certificates = { new EnforcementCertificate { Number = "渝A-" + person.Id, Issuer = "重庆市司法局", FromDay = "2020-01-01", ThroughDay = "2099-12-31", Domains = { "*" } } },
                Assignments = { new Assignment { UnitId = Team, Roles = { person.Roles }, FromDay = "2020-01-01" } },
            },
        })),
    ];

    public static RegisterChange[] Competence() =>
    [
        Held(new()
        {
            Id = "item-environment",
            Item = new() { Name = "向水体倾倒垃圾的处罚", Domain = "environment", FromDay = "2020-01-01", Basis = { new LegalBasis { Law = "水污染防治法", Article = "第八十五条", FromDay = "2018-01-01" } } },
        }),
        Held(new() { Id = "grant-environment", Grant = new() { UnitId = Agency, Basis = GrantBasis.Statutory, FromDay = "2020-01-01", ItemIds = { "item-environment" } } }),
    ];

    /// <summary>The sample rules of the repository, whole: chongqing.json with its templates.</summary>
    public static byte[] Rules()
    {
        var folder = Path.Combine(Repository.Root, "samples", "procedure");
        var rules = Read(Path.Combine(folder, "chongqing.json")).AsObject();
        rules["templates"] = new JsonArray([.. Directory.GetFiles(Path.Combine(folder, "templates"), "*.json").Order(StringComparer.Ordinal).Select(Read)]);
        return JsonSerializer.SerializeToUtf8Bytes(rules);
    }

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path),
        documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!; // the file is no "null"

    private static RegisterChange Held(RegisterChange change)
    {
        (change.ValidFrom, change.Correction) = (Since.ToTimestamp(), true);
        return change;
    }
}
