using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace EdgeEnforcement.EndToEnd.Tests.Deadlines;

/// <summary>Cases dispatched to a street (交办) until an instant that the act itself names: the one deadline whose marks can lie seconds ahead.</summary>
internal sealed class DispatchedCases(GrpcChannel channel, CancellationToken cancellation)
{
    private const string Team = "yb-water-team";
    private const string Head = "head";

    private static readonly Actor Clerk = new() { Id = "500101", Name = "登记员", Unit = Team };

    // What was written last; every read asks for at least that.
    private ulong _size;

    /// <summary>A unit with its head, and the rules for Chongqing as they are.</summary>
    public async Task SeedAsync()
    {
        await ChangeAsync(new RegisterChange { Id = "yb-water", Unit = new() { Name = "渝北区水利局", Level = UnitLevel.District, Standing = UnitStanding.Agency } });
        await ChangeAsync(new RegisterChange { Id = Team, Unit = new() { Name = "执法支队", Level = UnitLevel.Team, Standing = UnitStanding.Internal, ParentId = "yb-water" } });
        await ChangeAsync(new RegisterChange
        {
            Id = Head,
            Officer = new()
            {
                Name = "钱支队", Number = "000117",
                Certificates = { new EnforcementCertificate { Number = "渝A-1", Issuer = "重庆市司法局", FromDay = "2020-01-01", ThroughDay = "2099-12-31", Domains = { "*" } } },
                Assignments = { new Assignment { UnitId = Team, Roles = { OfficerRole.UnitHead }, FromDay = "2020-01-01" } },
            },
        });
        var rules = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "samples", "procedure", "chongqing.json"), cancellation);
        var answer = await new ProcedureActs.ProcedureActsClient(channel).ActivateRulesAsync(
            new ActivateRulesRequest { Actor = Clerk, Content = ByteString.CopyFrom(rules), Reason = "启用" }, cancellationToken: cancellation);
        Assert.Empty(answer.Errors);
    }

    public async Task<string> DispatchAsync(string title, TimeSpan due)
    {
        var opened = await new Acts.ActsClient(channel).OpenCaseAsync(
            new OpenCaseRequest { Actor = Clerk, Title = title, Domain = "river", HandlingUnitId = Team, Source = new LeadSource { Kind = LeadSourceKind.StreetFinding } },
            cancellationToken: cancellation);
        var dispatched = await new ProcedureActs.ProcedureActsClient(channel).ActAsync(new ProcedureActRequest
        {
            CaseId = opened.SubjectId,
            ExpectedVersion = 1,
            Act = new ProcedureAct
            {
                Kind = ProcedureActKind.Dispatch, Actor = new Actor { Id = Head, Name = "钱支队" }, Role = OfficerRole.UnitHead,
                Dispatch = new Dispatch { Receiver = "龙溪街道", ReceiverLevel = "town", Demand = "清理河道", DueAt = (TimeProvider.System.GetUtcNow() + due).ToTimestamp() },
            },
        }, cancellationToken: cancellation);
        _size = dispatched.LedgerSize;
        return opened.SubjectId;
    }

    /// <summary>The period the dispatch named.</summary>
    public async Task<ClockState> ClockAsync(string caseId) => (await new ProcedureDesk.ProcedureDeskClient(channel).GetProcedureAsync(
        new GetProcedureRequest { CaseId = caseId, AtLeast = _size }, cancellationToken: cancellation)).State.Clocks.Single(clock => clock.DeadlineId == "D-35");

    private async Task ChangeAsync(RegisterChange change)
    {
        change.Reason = "设立";
        await new RegisterActs.RegisterActsClient(channel).ChangeAsync(
            new ChangeRegisterRequest { Actor = Clerk, Changes = { new ChangeToMake { Change = change } } }, cancellationToken: cancellation);
    }
}
