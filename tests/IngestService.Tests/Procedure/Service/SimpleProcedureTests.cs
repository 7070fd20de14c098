using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Registers;
using Grpc.Core;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>简易程序 with numbers of a leased block, over the wire.</summary>
public sealed class SimpleProcedureTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-simple-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task One_officer_of_road_traffic_decides_at_the_roadside_and_the_file_goes_to_the_archive()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        LeaseNumbersAnswer leased = await LeaseAsync(stack, ProcedurePeople.Agency, 3);
        string caseId = await stack.OpenAsync("违法停车", "traffic");
        string film = await stack.Footage.AttachAsync(caseId, "000001", TimeSpan.FromMinutes(10));

        ProcedureRefusal unrecorded = await stack.RefusedAsync(caseId, StartSimple, "han-a", Handler, act => act.Simple = Finding("traffic"));
        await stack.ActAsync(caseId, StartSimple, "han-a", Handler, act => act.Simple = Recorded(film));
        ProcedureRefusal tooMuch = await stack.RefusedAsync(caseId, DecideSimple, "han-a", Handler, act => Decide(act, leased.FirstText, 20_001));
        await stack.ActAsync(caseId, DecideSimple, "han-a", Handler, act => Decide(act, leased.FirstText, 20_000));
        ProcedureRefusal unsigned = await stack.RefusedAsync(caseId, ReportSimple, "han-a", Handler);
        await PaperAsync(stack, caseId);
        await stack.ActAsync(caseId, ReportSimple, "han-a", Handler);
        ProcedureCase paid = await stack.ActAsync(caseId, RecordPayment, "han-a", Handler,
            act => act.Payment = new Payment { AmountFen = 20_000, Receipt = "银行回单001", CollectedBy = "工商银行渝北支行" });
        await stack.ApprovedAsync(caseId, CloseCase, "head-agency", AgencyHead, act => act.Closing = new Closing { Reason = "履行完毕" });
        ProcedureCase archived = await stack.ActAsync(caseId, Archive, "custodian", EvidenceCustodian,
            act => act.Closing = new Closing { Retention = RetentionClass.TenYears, ArchiveNumber = "2026-J001", PageCount = 2 });

        Assert.Equal("RECORDED", Assert.Single(unrecorded.Guards).Name);
        Assert.Equal("SIMPLE_LIMIT", Assert.Single(tooMuch.Guards).Name);
        Assert.Equal("DECISION_HANDED_OVER", Assert.Single(unsigned.Guards).Name);
        Assert.Equal(ProcedureState.F0Performing, paid.State);
        Assert.Equal((ProcedureState.G1Archived, leased.FirstText), (archived.State, Assert.Single(archived.Documents).DocumentNumber));
    }

    [Fact]
    public async Task A_number_that_was_used_or_voided_or_is_of_another_agency_is_no_number()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        await stack.RegisterAsync([RegisterWorld.Unit("yb-water", "渝北区水利局", UnitStanding.Agency, UnitLevel.District)]);
        LeaseNumbersAnswer own = await LeaseAsync(stack, ProcedurePeople.Agency, 3);
        LeaseNumbersAnswer foreign = await LeaseAsync(stack, "yb-water", 1);
        string first = await FoundAsync(stack), second = await FoundAsync(stack);
        await stack.ActAsync(first, DecideSimple, "han-a", Handler, act => Decide(act, own.FirstText), "han-b");
        VoidNumberRequest torn = new()
        {
            Actor = RegisterWorld.Person, AgencyId = ProcedurePeople.Agency, Kind = DocumentKind.SimpleDecision, Year = own.Block.Year, Ordinal = own.Block.Last, Reason = "",
        };

        RpcException unreasoned = await Assert.ThrowsAsync<RpcException>(async () => await stack.Acts.VoidNumberAsync(torn, cancellationToken: Cancellation));
        torn.Reason = "表格撕毁";
        await stack.Acts.VoidNumberAsync(torn, cancellationToken: Cancellation);
        string[] said = [await WhyAsync(stack, second, own.FirstText), await WhyAsync(stack, second, own.LastText), await WhyAsync(stack, second, foreign.FirstText)];
        ProcedureRefusal alone = await stack.RefusedAsync(second, DecideSimple, "han-a", Handler, act => Decide(act, Middle(own)));
        await stack.ActAsync(second, DecideSimple, "han-a", Handler, act => Decide(act, Middle(own)), "han-b");

        Assert.Equal(StatusCode.InvalidArgument, unreasoned.StatusCode);
        Assert.Contains("已用于" + first, said[0]);
        Assert.Contains("已作废：表格撕毁", said[1]);
        Assert.Contains("yb-water", said[2]);
        Assert.Equal("TWO_OFFICERS", Assert.Single(alone.Guards).Name);
    }

    private static async Task<string> WhyAsync(ProcedureStack stack, string caseId, string number)
    {
        FailedGuard failed = Assert.Single((await stack.RefusedAsync(caseId, DecideSimple, "han-a", Handler, act => Decide(act, number), "han-b")).Guards);
        Assert.Equal("NUMBER_LEASED", failed.Name);
        return failed.Detail;
    }

    private static string Middle(LeaseNumbersAnswer leased) => leased.FirstText.Replace($"{leased.Block.First}号", $"{leased.Block.First + 1}号", StringComparison.Ordinal);

    private static async Task<LeaseNumbersAnswer> LeaseAsync(ProcedureStack stack, string agency, uint count) => await stack.Acts.LeaseNumbersAsync(new LeaseNumbersRequest
    {
        Actor = RegisterWorld.Person, AgencyId = agency, Kind = DocumentKind.SimpleDecision, Count = count, HolderKind = NumberHolder.Station, Holder = "handset-" + agency, Reason = "领用",
    }, cancellationToken: Cancellation);

    private static async Task<string> FoundAsync(ProcedureStack stack)
    {
        string caseId = await stack.OpenAsync("现场查获");
        await stack.ActAsync(caseId, StartSimple, "han-a", Handler, act => act.Simple = Finding("environment"), "han-b");
        return caseId;
    }

    private static SimpleFinding Finding(string domain) => new()
    {
        Finding = OrdinaryPath.Filing(domain), IdentityShown = true, RightsTold = true, Statement = "无", Basis = { "APL-28" },
    };

    private static SimpleFinding Recorded(string film)
    {
        SimpleFinding finding = Finding("traffic");
        finding.Media.Add(new MediaSegment { EvidenceKey = film, UntilMs = 600_000 });
        return finding;
    }

    private static void Decide(ProcedureAct act, string number, long fen = 10_000) => act.SimpleDecision = new CaseDecision
    {
        Sanction = new Sanction { Kinds = { SanctionKind.Fine }, FineFen = fen, Text = "罚款" }, Reasons = "事实确凿", Remedy = "先申请行政复议", LeasedNumber = number,
    };

    private static Task<string> PaperAsync(ProcedureStack stack, string caseId) => stack.DocumentAsync(caseId, DocumentKind.SimpleDecision, ("party_address", "渝北区"),
        ("violated", "第九十条"), ("payment", "到银行缴纳"), ("basis_text", "《中华人民共和国行政处罚法》第二十八条"), ("sanction_text", "罚款"),
        ("review_body", "渝北区人民政府"), ("court", "渝北区人民法院"));
}
