using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.IngestService.Tests.Registers;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Numbers;

public sealed class NumbersOverTheWireTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("ee-numbers-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acts_of_one_moment_never_get_one_number_and_leave_no_hole()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data.FullName, Cancellation);
        string[] cases = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => stack.OpenAsync($"案件{i}")));

        await Task.WhenAll(cases.Select(id => Issue(stack, id, 1)));

        var numbers = new List<string>();
        foreach (string id in cases)
            numbers.Add((await stack.CaseAsync(id)).Documents.Single().DocumentNumber);
        Assert.Equal(Enumerable.Range(1, 8).Select(i => $"渝北环责改〔{Year}〕{i}号").Order(), numbers.Order());
    }

    [Fact]
    public async Task A_leased_block_is_passed_over_and_voided_one_by_one()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data.FullName, Cancellation);

        LeaseNumbersAnswer leased = await stack.Acts.LeaseNumbersAsync(Lease(DocumentKind.CorrectionOrder, 5), cancellationToken: Cancellation);
        string id = await stack.OpenAsync("案件");
        await Issue(stack, id, 1);

        Assert.Equal((1U, 5U), (leased.Block.First, leased.Block.Last));
        Assert.Equal(($"渝北环责改〔{Year}〕1号", $"渝北环责改〔{Year}〕5号"), (leased.FirstText, leased.LastText));
        Assert.Equal($"渝北环责改〔{Year}〕6号", (await stack.CaseAsync(id)).Documents.Single().DocumentNumber);

        await stack.Acts.VoidNumberAsync(Void(DocumentKind.CorrectionOrder, 3), cancellationToken: Cancellation);
        RpcException again = await Assert.ThrowsAsync<RpcException>(async () => await stack.Acts.VoidNumberAsync(Void(DocumentKind.CorrectionOrder, 3), cancellationToken: Cancellation));
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(async () => await stack.Acts.VoidNumberAsync(Void(DocumentKind.CorrectionOrder, 99), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, again.StatusCode);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_document_whose_number_was_voided_is_not_signed()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data.FullName, Cancellation);
        string id = await stack.OpenAsync("案件");
        await Issue(stack, id, 1);
        CaseDocument document = (await stack.CaseAsync(id)).Documents.Single();

        await stack.Acts.VoidNumberAsync(Void(DocumentKind.CorrectionOrder, 1), cancellationToken: Cancellation);
        ProcedureRefusal refused = await stack.RefusedAsync(id, ProcedureActKind.BindScan, "han-a", OfficerRole.Handler, act => act.Scan = new BoundScan
        {
            DocumentId = document.DocumentId, DraftSha256 = document.DraftSha256, ScanSha256 = Google.Protobuf.ByteString.CopyFrom(new byte[32]),
        });

        Assert.Equal("NUMBER_VALID", Assert.Single(refused.Guards).Name);
    }

    [Fact]
    public async Task A_decision_on_the_spot_takes_a_leased_number_and_each_only_once()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data.FullName, Cancellation);
        LeaseNumbersAnswer leased = await stack.Acts.LeaseNumbersAsync(Lease(DocumentKind.SimpleDecision, 2), cancellationToken: Cancellation);
        string first = await FoundOnTheSpotAsync(stack), second = await FoundOnTheSpotAsync(stack);

        ProcedureRefusal unleased = await stack.RefusedAsync(first, ProcedureActKind.DecideSimple, "han-a", OfficerRole.Handler, act => Decide(act, $"渝北环当罚〔{Year}〕3号"), "han-b");
        ProcedureCase decided = await stack.ActAsync(first, ProcedureActKind.DecideSimple, "han-a", OfficerRole.Handler, act => Decide(act, leased.FirstText), "han-b");
        ProcedureRefusal used = await stack.RefusedAsync(second, ProcedureActKind.DecideSimple, "han-a", OfficerRole.Handler, act => Decide(act, leased.FirstText), "han-b");
        await stack.ActAsync(second, ProcedureActKind.DecideSimple, "han-a", OfficerRole.Handler, act => Decide(act, leased.LastText), "han-b");

        Assert.Equal("NUMBER_LEASED", Assert.Single(unleased.Guards).Name);
        Assert.Contains("已用于", Assert.Single(used.Guards).Detail);
        Assert.Equal(leased.FirstText, decided.Decision.LeasedNumber);
        await stack.DocumentAsync(first, DocumentKind.SimpleDecision, ("party_address", "渝北区"), ("violated", "第四十九条"), ("payment", "到银行缴纳"),
            ("basis_text", "《中华人民共和国行政处罚法》第二十八条"), ("sanction_text", "警告"), ("review_body", "渝北区人民政府"), ("court", "渝北区人民法院"));
        Assert.Equal(leased.FirstText, (await stack.CaseAsync(first)).Documents.Single().DocumentNumber);
    }

    [Theory]
    [InlineData(0, "booklet-1")]
    [InlineData(101, "booklet-1")]
    [InlineData(5, "")]
    public async Task A_block_has_a_holder_and_at_most_a_hundred_numbers(uint count, string holder)
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data.FullName, Cancellation);
        LeaseNumbersRequest request = Lease(DocumentKind.SimpleDecision, count);
        request.Holder = holder;

        RpcException refused = await Assert.ThrowsAsync<RpcException>(async () => await stack.Acts.LeaseNumbersAsync(request, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    public void Dispose() => _data.Delete(recursive: true);

    // The year the service itself counts by; a test over midnight of New Year's Eve in Chongqing would see the next one.
    private static int Year => TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Year;

    private static async Task Issue(ProcedureStack stack, string caseId, ulong version) => await stack.SendAsync(
        caseId, version, ProcedureActKind.IssueDocument, "han-a", OfficerRole.Handler, act =>
        {
            act.Document = new IssuedDocument { Kind = DocumentKind.CorrectionOrder };
            foreach (string key in (string[])["party_name", "party_address", "facts", "violated", "order_basis", "order", "due", "review_body", "court"])
                act.Document.Fields[key] = "内容";
        });

    private static async Task<string> FoundOnTheSpotAsync(ProcedureStack stack)
    {
        string id = await stack.OpenAsync("现场查获");
        await stack.ActAsync(id, ProcedureActKind.StartSimple, "han-a", OfficerRole.Handler, act => act.Simple = new SimpleFinding
        {
            Finding = new Filing
            {
                ItemId = "item-environment", UnitId = ProcedurePeople.Team, Place = "桃花溪", PartyKind = PartyKind.Citizen, PartyName = "刘某",
                ActFromDay = "2026-11-01", ActThroughDay = "2026-11-20", Facts = "向河道倾倒垃圾", FilingStandard = "事实确凿并有法定依据",
            },
            IdentityShown = true, RightsTold = true, Statement = "无", Basis = { "APL-28" },
        }, "han-b");
        return id;
    }

    private static void Decide(ProcedureAct act, string number) => act.SimpleDecision = new CaseDecision
    {
        Sanction = new Sanction { Kinds = { SanctionKind.Warning }, Text = "警告" }, Reasons = "事实确凿", Remedy = "先申请行政复议", LeasedNumber = number,
    };

    private static LeaseNumbersRequest Lease(DocumentKind kind, uint count) => new()
    {
        Actor = RegisterWorld.Person, AgencyId = ProcedurePeople.Agency, Kind = kind, Count = count, HolderKind = NumberHolder.Booklet, Holder = "booklet-1", Reason = "领用",
    };

    private static VoidNumberRequest Void(DocumentKind kind, uint ordinal) => new()
    {
        Actor = RegisterWorld.Person, AgencyId = ProcedurePeople.Agency, Kind = kind, Year = (uint)Year, Ordinal = ordinal, Reason = "打印作废",
    };
}
