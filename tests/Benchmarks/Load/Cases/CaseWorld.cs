using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>An agency of a hundred units with ten handlers and a head each, its other people, what it may handle, the calendar of 2026, the sample rules.</summary>
internal static class CaseWorld
{
    public const string Agency = "agency", EvidenceReviewer = "evidence", LegalReviewer = "legal", AgencyHead = "agency-head", Deputy = "deputy", Server = "server-1",
        SecondServer = "server-2", Custodian = "custodian", Recorder = "recorder-1";

    public static readonly string[] Domains = ["river", "environment", "traffic", "urban", "market"];

    private const int ChangesPerEntry = 200;

    public static Actor Clerk { get; } = new() { Id = "p1", Name = "周静", Unit = "信息中心" };

    /// <summary>The sample rules with this agency's numbers, as they are activated.</summary>
    public static byte[] RulesContent()
    {
        JsonObject rules = JsonNode.Parse(RulesFolder.Read(Path.Combine("samples", "procedure")))!.AsObject(); // just put together
        rules["agencies"] = new JsonArray(new JsonObject { ["unitId"] = Agency, ["shortName"] = "渝测", ["code"] = "YC", ["sealName"] = "某执法局" });
        return Encoding.UTF8.GetBytes(rules.ToJsonString());
    }

    public static string HeadOf(string unit) => "head-" + unit;

    /// <summary>As they go into a ledger.</summary>
    public static IEnumerable<RegisterChanged> Registers()
    {
        foreach (RegisterChange[] part in Changes(CaseIds.Handlers).Chunk(ChangesPerEntry))
        {
            RegisterChanged changed = new() { Actor = Clerk };
            changed.Changes.AddRange(part);
            yield return changed;
        }
    }

    /// <summary>A book for variants: as the ledger's, known since the year began, and with the people whose names are marks.</summary>
    /// <param name="calendar">Entry of the calendar.</param>
    public static RegisterBook Book(ulong calendar)
    {
        RegisterBookWriter writer = new(RegisterBook.Empty);
        long begin = Micros.Of(new DateTimeOffset(2025, 12, 1, 9, 0, 0, TimeSpan.FromHours(8)));
        foreach (RegisterChange change in Changes(0).Concat(Unit(CaseIds.Marks[4], [CaseIds.Marks[2], CaseIds.Marks[3]])))
            writer.Add(RegisterVersion.Of(calendar, 0, begin, change, Clerk));
        writer.Size = calendar + 1;
        return writer.ToBook();
    }

    private static IEnumerable<RegisterChange> Changes(int handlers)
    {
        yield return Calendar2026();
        yield return new RegisterChange { Id = Agency, Unit = new OrganisationUnit { Name = "某执法局", Standing = UnitStanding.Agency, Level = UnitLevel.District } };
        foreach (string domain in Domains)
        {
            yield return new RegisterChange
            {
                Id = "item-" + domain,
                Item = new EnforcementItem { Name = "事项", Domain = domain, FromDay = "2020-01-01", OffSite = true, Basis = { new LegalBasis { Law = "某法", Article = "第五十条", FromDay = "2018-12-29" } } },
            };
            yield return new RegisterChange
            {
                Id = "grant-" + domain, Grant = new CompetenceGrant { UnitId = Agency, Basis = GrantBasis.Statutory, ItemIds = { "item-" + domain }, FromDay = "2020-01-01" },
            };
        }

        yield return Officer(EvidenceReviewer, Agency, OfficerRole.EvidenceReviewer);
        yield return Officer(LegalReviewer, Agency, OfficerRole.LegalReviewer);
        yield return Officer(AgencyHead, Agency, OfficerRole.AgencyHead);
        yield return Officer(Deputy, Agency, OfficerRole.AgencyHead);
        yield return Officer(Server, Agency, OfficerRole.ServiceOfficer);
        yield return Officer(SecondServer, Agency, OfficerRole.ServiceOfficer);
        yield return Officer(Custodian, Agency, OfficerRole.EvidenceCustodian);
        foreach (RegisterChange change in Enumerable.Range(0, handlers).Select(CaseIds.Handler).Chunk(CaseIds.HandlersPerUnit)
            .SelectMany((people, unit) => Unit(CaseIds.UnitId(unit), people)))
            yield return change;
    }

    private static IEnumerable<RegisterChange> Unit(string id, string[] handlers) =>
    [
        new RegisterChange { Id = id, Unit = new OrganisationUnit { Name = "执法大队", Standing = UnitStanding.Internal, Level = UnitLevel.Team, ParentId = Agency } },
        Officer(HeadOf(id), id, OfficerRole.UnitHead),
        .. handlers.Select(handler => Officer(handler, id, OfficerRole.Handler)),
    ];

    private static RegisterChange Officer(string id, string unit, params OfficerRole[] roles) => new()
    {
        Id = id,
        Officer = new Officer
        {
            Name = "执法员" + id, Number = "n-" + id, LegalQualification = true,
            Certificates = { new EnforcementCertificate { Number = "渝A-" + id, FromDay = "2020-01-01", ThroughDay = "2099-12-31", Domains = { "*" } } },
            Assignments = { new Assignment { UnitId = unit, Roles = { roles }, FromDay = "2020-01-01" } },
        },
    };

    private static RegisterChange Calendar2026() => new()
    {
        Id = "2026",
        Calendar = new WorkingCalendar
        {
            Source = "国办发明电〔2025〕7号",
            Holidays =
            {
                Days("2026-01-01", 3), Days("2026-02-15", 9), Days("2026-04-04", 3), Days("2026-05-01", 5), Days("2026-06-19", 3), Days("2026-09-25", 3), Days("2026-10-01", 7),
            },
            MakeUpDays = { "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10" },
        },
    };

    private static IEnumerable<string> Days(string from, int count) => Enumerable.Range(0, count)
        .Select(day => CivilDay.ToText(DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(day)));
}
