using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Cases;

public sealed class ActsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_AndReopen_ReturnsToTheStateBefore()
    {
        await using ActsHost host = await ActsHost.StartAsync();
        host.Ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("a"));

        Assert.Null((await host.Alerts.AcknowledgeAsync(new() { Actor = Story.Operator, AlertId = "a", ExpectedVersion = 1 }, Cancellation)).Refusal);
        Assert.Null((await host.Alerts.CloseAsync(
            new() { Actor = Story.Operator, AlertId = "a", ExpectedVersion = 2, Reason = CloseReason.FalseAlarm }, Cancellation)).Refusal);
        ActResult reopened = await host.Alerts.ReopenAsync(new() { Actor = Story.Operator, AlertId = "a", ExpectedVersion = 3 }, Cancellation);

        Assert.Equal(4UL, reopened.Version);
        await host.Desk.CatchUpAsync(host.Ledger);
        AlertRow row = host.Desk.Alerts.Find("a")!.Row;
        Assert.Equal(AlertState.Acknowledged, row.State);
        Assert.Equal(4UL, row.Version);
        Assert.Equal(CloseReason.Unspecified, row.CloseReason);
    }

    [Fact]
    public async Task TwoOperatorsAtOnce_OneActsAndOneMeetsConflict()
    {
        await using ActsHost host = await ActsHost.StartAsync();
        for (int i = 0; i < 20; i++)
        {
            string alert = $"a{i}";
            host.Ledger.AppendFact(LeafOrigin.Clerk, Story.Opened(alert));
            ActResult[] results = await Task.WhenAll(
                Task.Run(() => host.Alerts.AcknowledgeAsync(new() { Actor = Story.Operator, AlertId = alert, ExpectedVersion = 1 }, Cancellation)),
                Task.Run(() => host.Alerts.CloseAsync(
                    new() { Actor = Story.Operator, AlertId = alert, ExpectedVersion = 1, Reason = CloseReason.Test }, Cancellation)));

            Assert.Single(results, result => result.Receipt is not null);
            Assert.Single(results, result => result.Refusal?.Code == RefusalCode.Conflict);
            Assert.Equal(2UL, host.Ledger.StreamVersion("alert/" + alert));
        }
    }

    [Fact]
    public async Task OpenCase_FromALead_NumbersFollowEachOtherAndALeadGivesOneCase()
    {
        await using ActsHost host = await ActsHost.StartAsync();
        host.Ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("a"));
        ActResult lead = await host.Alerts.RegisterLeadAsync(
            new() { Actor = Story.Operator, AlertId = "a", ExpectedVersion = 1, Reason = "属实" }, Cancellation);
        Assert.Equal("L-a", lead.SubjectId);

        OpenCaseRequest act = new() { Actor = Story.Operator, Title = "采砂案", LeadId = "L-a", ExpectedLeadVersion = lead.Version };
        ActResult first = await host.Cases.OpenAsync(act, Cancellation);
        ActResult stale = await host.Cases.OpenAsync(act, Cancellation);
        ActResult second = await host.Cases.OpenAsync(act.Clone().With(3), Cancellation);
        ActResult free = await host.Cases.OpenAsync(new() { Actor = Story.Operator, Title = "巡查发现" }, Cancellation);

        Assert.Matches("^渝执立〔\\d{4}〕1号$", first.SubjectId);
        Assert.Equal(RefusalCode.Conflict, stale.Refusal?.Code);
        Assert.Equal(RefusalCode.NotPermitted, second.Refusal?.Code);
        Assert.Matches("^渝执立〔\\d{4}〕2号$", free.SubjectId);
        await host.Desk.CatchUpAsync(host.Ledger);
        Assert.Equal("a", host.Desk.Alerts.FindByLead(host.Desk.Cases.LeadOf(first.SubjectId))?.AlertId);
        Assert.Equal(0UL, host.Desk.Alerts.CountOpenLeads());
        Assert.Contains(host.Desk.Alerts.Find("a")!.Row.LeadNumber, host.Desk.Cases.Find(first.SubjectId)!.Row.LeadNumber);
    }

    [Theory]
    [InlineData("渝执立〔2026〕9号")]
    [InlineData(" 渝执立[2026]9号")]
    [InlineData("渝执立（2026）9号")]
    public async Task OpenCase_WithANumberInUse_IsRefused(string typed)
    {
        await using ActsHost host = await ActsHost.StartAsync();
        OpenCaseRequest act = new() { Actor = Story.Operator, Title = "采砂案", Number = "渝执立〔2026〕9号" };
        Assert.Null((await host.Cases.OpenAsync(act, Cancellation)).Refusal);

        ActResult again = await host.Cases.OpenAsync(new() { Actor = Story.Operator, Title = "又一案", Number = typed }, Cancellation);

        Assert.Equal(RefusalCode.Conflict, again.Refusal?.Code);
        Assert.Contains("taken", again.Refusal?.Detail);
    }

    [Fact]
    public async Task OpenCase_ByManyDesksAtOnce_EachGetsItsOwnNumber()
    {
        await using ActsHost host = await ActsHost.StartAsync();

        ActResult[] results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => host.Cases.OpenAsync(new() { Actor = Story.Operator, Title = "案" }, Cancellation))));

        Assert.All(results, result => Assert.Null(result.Refusal));
        Assert.Equal(10, results.Select(result => result.SubjectId).Distinct().Count());
        Assert.All(Enumerable.Range(1, 10), n => Assert.Contains(results, result => result.SubjectId.EndsWith($"〕{n}号")));
    }

    [Fact]
    public async Task AttachAndDetach_MoveTheEvidenceVersionOnly()
    {
        await using ActsHost host = await ActsHost.StartAsync();
        ulong manifest = host.Ledger.Append("dock-1", record => record.Manifest("1.mp4"));
        await host.Cases.OpenAsync(new() { Actor = Story.Operator, Title = "案", Number = "C1" }, Cancellation);

        ActResult attached = await host.Cases.AttachAsync(Attach(0), Cancellation);
        ActResult twice = await host.Cases.AttachAsync(Attach(1), Cancellation);
        ActResult stale = await host.Cases.DetachAsync(Detach(0), Cancellation);
        ActResult detached = await host.Cases.DetachAsync(Detach(1), Cancellation);

        Assert.Equal(1UL, attached.Version);
        Assert.Equal(RefusalCode.NotPermitted, twice.Refusal?.Code);
        Assert.Equal(RefusalCode.Conflict, stale.Refusal?.Code);
        Assert.Equal(2UL, detached.Version);
        await host.Desk.CatchUpAsync(host.Ledger);
        CaseRow row = host.Desk.Cases.Find("C1")!.Row;
        Assert.Equal((1UL, 2UL, 0U), (row.LifecycleVersion, row.EvidenceVersion, row.EvidenceCount));

        AttachMediaRequest Attach(ulong version) =>
            new() { Actor = Story.Operator, CaseId = "C1", ManifestIndex = manifest, Reason = "现场", ExpectedEvidenceVersion = version };
        DetachMediaRequest Detach(ulong version) =>
            new() { Actor = Story.Operator, CaseId = "C1", ManifestIndex = manifest, Reason = "误挂", ExpectedEvidenceVersion = version };
    }

    [Fact]
    public async Task Acts_ThatLackSomethingOrNameNothing_AreRefusedAndNothingIsWritten()
    {
        await using ActsHost host = await ActsHost.StartAsync();
        host.Ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("a"));
        ulong size = host.Ledger.DurableSize;

        ActResult[] incomplete =
        [
            await host.Alerts.AcknowledgeAsync(new() { AlertId = "a", ExpectedVersion = 1 }, Cancellation),
            await host.Alerts.AcknowledgeAsync(new() { Actor = Story.Operator }, Cancellation),
            await host.Alerts.CloseAsync(new() { Actor = Story.Operator, AlertId = "a", ExpectedVersion = 1 }, Cancellation),
            await host.Alerts.RegisterLeadAsync(new() { Actor = Story.Operator, AlertId = "a", ExpectedVersion = 1 }, Cancellation),
            await host.Cases.OpenAsync(new() { Actor = Story.Operator }, Cancellation),
            await host.Cases.OpenAsync(new() { Actor = Story.Operator, Title = "案", RadiusM = double.NaN }, Cancellation),
            await host.Cases.DetachAsync(new() { Actor = Story.Operator, CaseId = "C1" }, Cancellation),
            await host.Alerts.AcknowledgeAsync(
                new() { Actor = new Actor { Id = "a", Name = new string('名', 257) }, AlertId = "a", ExpectedVersion = 1 }, Cancellation),
            await host.Cases.OpenAsync(new() { Actor = Story.Operator, Title = "案", Officers = { new string('0', 257) } }, Cancellation),
        ];
        ActResult unknown = await host.Alerts.AcknowledgeAsync(new() { Actor = Story.Operator, AlertId = "zz", ExpectedVersion = 1 }, Cancellation);
        ActResult noCase = await host.Cases.AttachAsync(new() { Actor = Story.Operator, CaseId = "zz", Reason = "现场" }, Cancellation);

        Assert.All(incomplete, result => Assert.Equal(RefusalCode.IncompleteAct, result.Refusal?.Code));
        Assert.Equal(RefusalCode.UnknownSubject, unknown.Refusal?.Code);
        Assert.Equal(RefusalCode.UnknownSubject, noCase.Refusal?.Code);
        Assert.Equal(size, host.Ledger.DurableSize);
    }

    public static TheoryData<string, LeadSource> Sources => new()
    {
        { "its number", new LeadSource { Kind = LeadSourceKind.Complaint, ReceivedAt = Day(-1) } },
        { "when it was received", new LeadSource { Kind = LeadSourceKind.Transfer, ExternalNumber = "渝环移〔2026〕3号" } },
        { "received in no year", new LeadSource { Kind = LeadSourceKind.StreetFinding, ReceivedAt = new Timestamp { Seconds = long.MaxValue } } },
        { "received before the years", new LeadSource { Kind = LeadSourceKind.StreetFinding, ReceivedAt = new Timestamp { Seconds = long.MinValue, Nanos = -1 } } },
        { "due in no year", new LeadSource { Kind = LeadSourceKind.StreetFinding, DueAt = new Timestamp { Seconds = 1, Nanos = 2_000_000_000 } } },
        { "received in the future", new LeadSource { Kind = LeadSourceKind.StreetFinding, ReceivedAt = Day(2) } },
        { "until when to answer", new LeadSource { Kind = LeadSourceKind.Complaint, ExternalNumber = "12345-1", ReceivedAt = Day(-1), FeedbackDue = true } },
        { "due before it came", new LeadSource { Kind = LeadSourceKind.SuperiorOrder, ExternalNumber = "督〔2026〕1号", ReceivedAt = Day(-1), DueAt = Day(-2) } },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_lead_without_what_its_deadlines_count_from_is_refused(string lacks, LeadSource source)
    {
        await using ActsHost host = await ActsHost.StartAsync();

        ActResult refused = await host.Cases.OpenAsync(new() { Actor = Story.Operator, Title = lacks, Source = source }, Cancellation);

        Assert.Equal(RefusalCode.IncompleteAct, refused.Refusal?.Code);
    }

    private static Timestamp Day(int fromToday) => TimeProvider.System.GetUtcNow().AddDays(fromToday).ToTimestamp();
}
