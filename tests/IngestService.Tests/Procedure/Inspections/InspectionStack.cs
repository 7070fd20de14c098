using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1;
using Kind = EdgeEnforcement.Contracts.V1.InspectionActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Inspections;

/// <summary>Inspections over the wire, by the people of <see cref="ProcedurePeople"/>.</summary>
internal sealed class InspectionStack(ProcedureStack stack, CancellationToken cancellation)
{
    public const string OtherAgency = "yb-city", OtherTeam = "yb-city-team";

    private ulong _size;

    public ulong Size => Math.Max(_size, stack.Size);

    public Contract.InspectionActs.InspectionActsClient Acts => new(stack.Service.Channel);

    public InspectionDesk.InspectionDeskClient Desk => new(stack.Service.Channel);

    /// <summary>Two registered enterprises that are one, and a second agency that may handle the same item.</summary>
    public async Task SeedAsync()
    {
        await stack.RegisterAsync(
        [
            ProcedurePeople.Held(RegisterWorld.Unit(OtherAgency, "渝北区城市管理局", UnitStanding.Agency, UnitLevel.District)),
            ProcedurePeople.Held(RegisterWorld.Unit(OtherTeam, "城管支队", UnitStanding.Internal, UnitLevel.Team, OtherAgency)),
            Officer("city-a"), Officer("city-b"), ProcedurePeople.Held(Grant()),
            Enterprise("plant", "渝北电镀厂"), Enterprise("plant-again", "重庆渝北电镀厂"),
            new RegisterChange { Id = "plant-again", ObjectMerge = new ObjectMerge { FromObjectId = "plant-again", IntoObjectId = "plant" } },
        ]);
    }

    public static InspectionPlan Plan(string unit = ProcedurePeople.Team, string objectId = "plant", InspectionTrigger trigger = InspectionTrigger.YearlyPlan) => new()
    {
        Trigger = trigger, Reference = "2026-07", ItemId = "item-environment", ObjectId = objectId, UnitId = unit, Retention = RetentionClass.TenYears, Matters = "废水排放",
        OfficerIds = { unit == OtherTeam ? ["city-a", "city-b"] : (string[])["han-a", "han-b"] },
        WindowFrom = Stamp(-1), WindowUntil = Stamp(24),
    };

    public async Task<InspectionAnswer> PlanAsync(InspectionPlan plan) => await SendAsync("", 0, Kind.Plan, plan.OfficerIds[0], act => act.Plan = plan);

    public Task<InspectionAnswer> StartAsync(InspectionAnswer planned, string officer = "han-a", string reason = "") => SendAsync(planned.InspectionId, planned.Version, Kind.Start, officer,
        act => act.Start = new InspectionStart { IdentityShown = true, Place = "厂区", AttendedBy = "厂长", RepeatedReason = reason });

    /// <summary>On the newest version.</summary>
    public async Task<InspectionView> ActAsync(string id, Kind kind, string officer, Action<InspectionAct> fill)
    {
        await SendAsync(id, (await ViewAsync(id)).State.LifecycleVersion, kind, officer, fill);
        return await ViewAsync(id);
    }

    public async Task<InspectionAnswer> SendAsync(string id, ulong version, Kind kind, string officer, Action<InspectionAct> fill, bool isTrial = false)
    {
        InspectionAct act = new() { Kind = kind, Actor = new Actor { Id = officer, Name = officer } };
        fill(act);
        InspectionAnswer answer = await Acts.ActAsync(
            new InspectionActRequest { InspectionId = id, ExpectedVersion = version, Act = act, DryRun = isTrial }, cancellationToken: cancellation);
        _size = Math.Max(_size, answer.LedgerSize);
        return answer;
    }

    public async Task<ActAnswer> OpenCaseAsync(string id, ulong version, params uint[] findings)
    {
        ActAnswer answer = await Acts.OpenCaseAsync(new OpenInspectionCaseRequest
        {
            Actor = new Actor { Id = "han-a", Name = "张承办" }, InspectionId = id, ExpectedVersion = version, Findings = { findings }, Title = "渝北电镀厂超标排放",
        }, cancellationToken: cancellation);
        _size = Math.Max(_size, answer.LedgerSize);
        return answer;
    }

    public async Task<InspectionView> ViewAsync(string id, string officer = "") => await Desk.GetAsync(
        new GetInspectionRequest { InspectionId = id, AtLeast = Size, OfficerId = officer }, cancellationToken: cancellation);

    public async Task<InspectionPage> ListAsync(Action<ListInspectionsRequest>? filter = null)
    {
        ListInspectionsRequest request = new() { AtLeast = Size };
        filter?.Invoke(request);
        return await Desk.ListAsync(request, cancellationToken: cancellation);
    }

    public static FailedGuard[] GuardsOf(RpcException refused) =>
        [.. ProcedureRefusal.Parser.ParseFrom(refused.Trailers.GetValueBytes("ee-procedure-refusal-bin")).Guards];

    private static Timestamp Stamp(int hours) => TimeProvider.System.GetUtcNow().AddHours(hours).ToTimestamp();

    private static RegisterChange Officer(string id)
    {
        RegisterChange officer = ProcedurePeople.Officer(id, "城管" + id[^1], OfficerRole.Handler);
        officer.Officer.Assignments[0].UnitId = OtherTeam;
        return officer;
    }

    private static RegisterChange Grant()
    {
        RegisterChange grant = RegisterWorld.Grant("grant-city", OtherAgency, GrantBasis.Statutory, "item-environment");
        (grant.Grant.FromDay, grant.Grant.ThroughDay) = ("2020-01-01", "");
        return grant;
    }

    private static RegisterChange Enterprise(string id, string name) => new()
    {
        Id = id, EnforcementObject = new EnforcementObject { Kind = ObjectKind.Enterprise, Name = name },
    };
}
