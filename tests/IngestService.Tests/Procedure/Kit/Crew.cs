using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Tests.Procedure.Clocks;
using EdgeEnforcement.IngestService.Tests.Registers;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Kit;

/// <summary>The registers of a small agency: its people, its team, what it may handle, its devices, the calendar of 2026.</summary>
internal static class Crew
{
    public const string CaseId = "C-1";
    public const string Agency = "agency", Team = "team", OtherAgency = "other-agency", Place = "district";

    /// <summary>Handlers. The first two are those whom the walk assigns.</summary>
    public const string A = "zhao", B = "qian", C = "sun";

    public const string EvidenceReviewer = "li", UnitHead = "zhou", LegalReviewer = "wu", AgencyHead = "zheng", Presider = "wang", Server = "feng",
        SecondServer = "chen", Supervisor = "chu", Custodian = "wei", OtherHead = "yang", Deputy = "han";

    /// <summary>Handlers who may not act, each for one reason.</summary>
    public const string Expired = "expired", Recused = "recused", OnLeave = "on-leave", Foreign = "foreign";

    /// <summary>A legal reviewer without legal qualification, and somebody who holds every role.</summary>
    public const string Unqualified = "unqualified", Everything = "everything";

    public const string Monitor = "monitor", LapsedMonitor = "lapsed-monitor", Recorder = "recorder";

    public static readonly string[] Barred = [Expired, Recused, OnLeave, Foreign];

    public static readonly string[] Everybody =
    [
        A, B, C, EvidenceReviewer, UnitHead, LegalReviewer, AgencyHead, Presider, Server, SecondServer, Supervisor, Custodian, OtherHead, Deputy, .. Barred,
        Unqualified, Everything, "nobody",
    ];

    private const string Begin = "2026-01-02 09:00";

    /// <summary>事项 of a domain: "item-market".</summary>
    public static string Item(string domain) => "item-" + domain;

    public static RegisterBook Book { get; } = Write();

    private static RegisterBook Write()
    {
        RegisterWorld world = new();
        world.Add("2025-11-05 09:00", ClockWorld.Calendar2026());
        world.Add(Begin, new RegisterChange { Id = Place, Territory = new Territory { Name = "区", Kind = TerritoryKind.District } });
        world.Add(Begin, Within(RegisterWorld.Unit(Agency, "执法局", UnitStanding.Agency, UnitLevel.District)));
        world.Add(Begin, RegisterWorld.Unit(Team, "执法大队", UnitStanding.Internal, UnitLevel.Team, Agency));
        world.Add(Begin, Within(RegisterWorld.Unit(OtherAgency, "另一局", UnitStanding.Agency, UnitLevel.District)));
        foreach (string domain in (string[])["market", "urban", "traffic", "river"])
        {
            world.Add(Begin, RegisterWorld.Item(Item(domain), domain));
            RegisterChange grant = RegisterWorld.Grant("grant-" + domain, Agency, GrantBasis.Statutory, Item(domain));
            (grant.Grant.FromDay, grant.Grant.ThroughDay) = ("2026-01-01", "");
            world.Add(Begin, grant);
        }

        People(world);
        Devices(world);
        return world.Book;
    }

    private static RegisterChange Within(RegisterChange unit)
    {
        unit.Unit.TerritoryIds.Add(Place);
        return unit;
    }

    private static void People(RegisterWorld world)
    {
        foreach (string id in (string[])[A, B, C, Recused, OnLeave])
            world.Add(Begin, Officer(id, Team, OfficerRole.Handler));
        RegisterChange expired = Officer(Expired, Team, OfficerRole.Handler);
        expired.Officer.Certificates[0].ThroughDay = "2026-02-20";
        world.Add(Begin, expired);
        RegisterChange foreign = Officer(Foreign, Team, OfficerRole.Handler);
        foreign.Officer.Certificates[0].Domains[0] = "water-supply";
        world.Add(Begin, foreign);
        world.Add(Begin, Officer(EvidenceReviewer, Agency, OfficerRole.EvidenceReviewer));
        world.Add(Begin, Officer(UnitHead, Team, OfficerRole.UnitHead));
        world.Add(Begin, Officer(LegalReviewer, Agency, OfficerRole.LegalReviewer));
        world.Add(Begin, Officer(AgencyHead, Agency, OfficerRole.AgencyHead));
        world.Add(Begin, Officer(Deputy, Agency, OfficerRole.AgencyHead));
        world.Add(Begin, Officer(OtherHead, OtherAgency, OfficerRole.AgencyHead));
        world.Add(Begin, Officer(Presider, Agency, OfficerRole.HearingPresider));
        world.Add(Begin, Officer(Server, Agency, OfficerRole.ServiceOfficer));
        world.Add(Begin, Officer(SecondServer, Agency, OfficerRole.ServiceOfficer));
        world.Add(Begin, Officer(Supervisor, Agency, OfficerRole.Supervisor));
        world.Add(Begin, Officer(Custodian, Agency, OfficerRole.EvidenceCustodian));
        RegisterChange unqualified = Officer(Unqualified, Agency, OfficerRole.LegalReviewer);
        unqualified.Officer.LegalQualification = false;
        world.Add(Begin, unqualified);
        world.Add(Begin, Officer(Everything, Team, [.. Enum.GetValues<OfficerRole>().Where(role => role != OfficerRole.Unspecified)]));
        world.Add(Begin, new RegisterChange { Id = "recusal", Recusal = new Recusal { CaseId = CaseId, OfficerId = Recused, Ground = "近亲属" } });
        world.Add(Begin, new RegisterChange
        {
            Id = "leave",
            Leave = new OfficerLeave { OfficerId = OnLeave, Kind = "病假", From = RegisterWorld.Stamp(Begin), Until = RegisterWorld.Stamp("2028-01-01 00:00") },
        });
    }

    private static RegisterChange Officer(string id, string unit, params OfficerRole[] roles)
    {
        RegisterChange officer = RegisterWorld.Officer(id, "姓名" + id, unit, "2026-01-01", "2030-12-31", roles);
        officer.Officer.Certificates[0].Domains[0] = "*";
        officer.Officer.LegalQualification = true;
        officer.Officer.Number = "n-" + id;
        return officer;
    }

    private static void Devices(RegisterWorld world)
    {
        world.Add(Begin, RegisterWorld.Device(Monitor, AdmissionClass.AgencyMonitor, "2030-12-31"));
        world.Add(Begin, RegisterWorld.Device(LapsedMonitor, AdmissionClass.AgencyMonitor, "2026-02-20"));
        world.Add(Begin, RegisterWorld.Device(Recorder, AdmissionClass.Recorder, "2030-12-31"));
        world.Add(Begin, RegisterWorld.Step(Monitor, AdmissionState.Admitted));
        world.Add(Begin, RegisterWorld.Step(LapsedMonitor, AdmissionState.Admitted));
    }
}
