using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Tests.Desk;

public sealed class DeskQueryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AtLeast_WaitsUntilTheEntryIsProjected()
    {
        MemoryLedger ledger = new();
        await using DeskHost host = await DeskHost.StartAsync(ledger);
        AlertQuery query = new(host.ProjectedSize, host.Alerts, host.Cases, new FieldReports(ledger));

        Task<AlertPage> answer = query.ListAsync(new ListAlertsRequest { AtLeast = 1 }, Cancellation);
        Assert.False(answer.IsCompleted);
        ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("a"));
        AlertPage page = await answer.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal("a", page.Rows.Single().AlertId);
        Assert.Equal(1UL, page.ProjectedSize);
    }

    [Fact]
    public async Task AtLeast_NeverReached_EndsWithTheCallersDeadline()
    {
        MemoryLedger ledger = new();
        await using DeskHost host = await DeskHost.StartAsync(ledger);
        AlertQuery query = new(host.ProjectedSize, host.Alerts, host.Cases, new FieldReports(ledger));
        using CancellationTokenSource deadline = new();

        Task<AlertPage> answer = query.ListAsync(new ListAlertsRequest { AtLeast = 1 }, deadline.Token);
        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Pages_ShowEveryRowOnce_NewestFirst_WhileNewOnesComeIn()
    {
        MemoryLedger ledger = new();
        for (int i = 0; i < 25; i++)
            ledger.AppendFact(LeafOrigin.Clerk, Story.Opened($"a{i:00}"));
        await using DeskHost host = await DeskHost.StartAsync(ledger);
        AlertQuery query = new(host.ProjectedSize, host.Alerts, host.Cases, new FieldReports(ledger));

        List<string> seen = [];
        string next = "";
        do
        {
            AlertPage page = await query.ListAsync(new ListAlertsRequest { PageSize = 10, Page = next }, Cancellation);
            seen.AddRange(page.Rows.Select(row => row.AlertId));
            next = page.NextPage;
            ledger.AppendFact(LeafOrigin.Clerk, Story.Opened($"new{seen.Count}"));
            await host.CatchUpAsync(ledger);
        }
        while (next.Length > 0);

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"a{i:00}"), seen);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!")]
    public async Task Page_ThatIsNoToken_IsInvalidArgument(string page)
    {
        MemoryLedger ledger = new();
        await using DeskHost host = await DeskHost.StartAsync(ledger);
        AlertQuery query = new(host.ProjectedSize, host.Alerts, host.Cases, new FieldReports(ledger));

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => query.ListAsync(new ListAlertsRequest { Page = page }, Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task Case_ShowsItsEvidenceWithReasonAndItsTimeline()
    {
        MemoryLedger ledger = new();
        ulong manifest = ledger.Append("dock-1", record => record.Manifest("1.mp4"));
        ledger.AppendFact(LeafOrigin.Operator, Story.Case("C1"));
        ledger.AppendFact(LeafOrigin.Operator, Story.Attach("C1", manifest, 0));
        await using DeskHost host = await DeskHost.StartAsync(ledger);
        CaseQuery query = new(host.ProjectedSize, host.Cases, host.Media, host.Alerts);

        CaseDetail detail = await query.FindAsync(new GetCaseRequest { CaseId = "C1" }, Cancellation);

        EvidenceRow evidence = detail.Evidence.Single();
        Assert.Equal("1.mp4", evidence.Media.OriginalPath);
        Assert.Equal(["C1"], evidence.Media.CaseIds);
        Assert.Equal(AttachReason.Operator, evidence.Reason);
        Assert.Equal(["case_opened", "media_attached"], detail.Timeline.Select(item => item.Kind));
        Assert.Equal("王五", detail.Timeline[1].Actor);
        Assert.Null(detail.Alert);
    }
}
