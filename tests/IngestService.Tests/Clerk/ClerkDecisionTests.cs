using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

public sealed class ClerkDecisionTests
{
    private readonly MemoryLedger _ledger = new() { NowMicros = DateTimeOffset.Parse("2026-11-21T14:12:00+08:00").ToUnixTimeMilliseconds() * 1000 };

    [Fact]
    public async Task FieldAlert_Opened_OpensOneAlertAndUpdatesFollow()
    {
        ulong cause = _ledger.Append("agent-1", record => record.FieldAlert("e1"));
        _ledger.Append("agent-1", record => record.FieldAlert("e1", EpisodePhase.Updated));
        _ledger.Append("agent-1", record => record.FieldAlert("e1", EpisodePhase.Cleared));

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger);

        Assert.Equal(3, facts.Count);
        Assert.Equal("e1", facts[0].AlertOpened.AlertId);
        Assert.Equal(cause, facts[0].AlertOpened.Cause.EntryIndex);
        Assert.Equal("系统规则 alert-opening@2", facts[0].AlertOpened.Cause.Rule);
        Assert.False(facts[0].AlertOpened.Retrospective);
        Assert.Equal(EpisodePhase.Updated, facts[1].AlertUpdated.Phase);
        Assert.Equal(EpisodePhase.Cleared, facts[2].AlertUpdated.Phase);
        Assert.Equal(3UL, _ledger.StreamVersion("alert/e1"));
    }

    [Fact]
    public async Task FieldAlert_UpdateWithoutOpening_OpensTheAlert()
    {
        _ledger.Append("agent-1", record => record.FieldAlert("e1", EpisodePhase.Cleared));

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger);

        Assert.Equal("e1", facts[0].AlertOpened.AlertId);
        Assert.Equal(EpisodePhase.Cleared, facts[1].AlertUpdated.Phase);
    }

    [Theory]
    [InlineData(10 * 60, 0UL, false)]
    [InlineData(10 * 60 + 1, 601_000UL, true)]
    public async Task FieldAlert_LaterThanTenMinutes_IsRetrospectiveAndSaysByHowMuch(int seconds, ulong lateByMs, bool retrospective)
    {
        _ledger.NowMicros = (Story.At("2026-11-21T14:10:00+08:00").Seconds + seconds) * 1_000_000;
        _ledger.Append("agent-1", record => record.FieldAlert("e1"));

        Record fact = (await ClerkHost.RunAsync(_ledger)).Single();

        Assert.Equal(lateByMs, fact.AlertOpened.LateByMs);
        Assert.Equal(retrospective, fact.AlertOpened.Retrospective);
    }

    /// <summary>The cable was out for three hours: what came of it is late, what was decided is not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FieldAlert_DecidedInTimeByTheFrontEnd_StaysSoHoweverLateItComes(bool retrospective)
    {
        OutletAgent outlet = new(_ledger);
        outlet.Activate();
        outlet.Live(1, 60);
        outlet.Newest.Retrospective = retrospective;
        _ledger.NowMicros = OutletAgent.At(181).ToUnixTimeMilliseconds() * 1000;
        outlet.SendAll();

        AlertOpened opened = (await ClerkHost.RunAsync(_ledger))[0].AlertOpened;

        Assert.Equal(retrospective, opened.Retrospective);
        Assert.InRange(opened.LateByMs, 3UL * 3_600_000, 3UL * 3_600_000 + 1_000);
    }

    [Theory]
    [InlineData("2026-11-21T14:20:00+08:00", false)]
    [InlineData("2026-11-21T14:20:01+08:00", true)]
    [InlineData("2026-11-22T14:00:00+08:00", true)] // a clock that is ahead of the ledger's is not believed
    public async Task FieldAlert_OfAPerson_IsRetrospectiveWhenItWasMadeLate(string made, bool retrospective)
    {
        _ledger.NowMicros = Story.At("2026-11-21T17:10:00+08:00").Seconds * 1_000_000;
        _ledger.Append("agent-1", record => record.FieldAlert("e1").Time = new DeviceTime { AgentTime = Story.At(made) });

        AlertOpened opened = (await ClerkHost.RunAsync(_ledger)).Single().AlertOpened;

        Assert.Equal((retrospective, 3UL * 3_600_000), (opened.Retrospective, opened.LateByMs));
    }

    [Fact]
    public async Task Manifest_TwoCasesMatch_IsAttachedToBothWithTheirReasons()
    {
        _ledger.AppendFact(LeafOrigin.Operator, Story.Case("渝执立〔2026〕1号", ["000001"]));
        _ledger.AppendFact(LeafOrigin.Operator, Story.Case("C2"));
        ulong manifest = _ledger.Append("dock-1", record => record.Manifest("1.mp4", officer: "000001").CaseNumber = "c2 ");

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger);

        Assert.Equal(
            [("C2", AttachReason.CaseNumber), ("渝执立〔2026〕1号", AttachReason.OfficerAndTime)],
            facts.Select(fact => (fact.MediaAttached.CaseId, fact.MediaAttached.Reason)));
        Assert.All(facts, fact => Assert.Equal(manifest, fact.MediaAttached.ManifestIndex));
    }

    [Fact]
    public async Task Case_OpenedAfterTheFootage_LooksBack()
    {
        ulong officer = _ledger.Append("dock-1", record => record.Manifest("1.mp4", officer: "000001"));
        ulong typed = _ledger.Append("dock-1", record => record.Manifest("2.mp4").CaseNumber = "渝执立[2026]1号");
        ulong near = _ledger.Append("dock-1", record => record.Manifest("3.mp4").Position = new Position { Latitude = 29.5, Longitude = 106.5 });
        _ledger.Append("dock-1", record => record.Manifest("4.mp4", officer: "000009"));
        ulong opened = _ledger.AppendFact(LeafOrigin.Operator, Story.Case(
            "渝执立〔2026〕1号", ["000001"], position: new Position { Latitude = 29.5, Longitude = 106.5 }, radius: 50));

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger);

        Assert.Equal(
            [(officer, AttachReason.OfficerAndTime), (typed, AttachReason.CaseNumber), (near, AttachReason.DistanceAndTime)],
            facts.Select(fact => (fact.MediaAttached.ManifestIndex, fact.MediaAttached.Reason)));
        Assert.All(facts, fact => Assert.Equal(opened, fact.MediaAttached.Cause.EntryIndex));
    }

    [Fact]
    public async Task Label_WithACaseNumber_Attaches()
    {
        _ledger.AppendFact(LeafOrigin.Operator, Story.Case("C1"));
        ulong manifest = _ledger.Append("dock-1", record => record.Manifest("1.mp4", start: "2026-11-20T10:00:00+08:00"));
        _ledger.Append("dock-1", record => record.MediaLabel = new MediaLabel
        {
            ManifestSha256 = ByteString.CopyFrom(PayloadHash(manifest)), LabelKind = "case", Number = "C1", Officer = "000001",
        });

        Record fact = (await ClerkHost.RunAsync(_ledger)).Single();

        Assert.Equal(AttachReason.CaseNumber, fact.MediaAttached.Reason);
    }

    [Fact]
    public async Task Detached_IsNotAttachedAgain()
    {
        _ledger.AppendFact(LeafOrigin.Operator, Story.Case("C1", ["000001"]));
        ulong manifest = _ledger.Append("dock-1", record => record.Manifest("1.mp4", officer: "000001"));
        string directory = System.IO.Directory.CreateTempSubdirectory("clerk-").FullName;
        Assert.Single(await ClerkHost.RunAsync(_ledger, directory));
        _ledger.AppendFact(LeafOrigin.Operator, Story.Detach("C1", manifest, 1));
        _ledger.Append("dock-1", record => record.MediaLabel = new MediaLabel
        {
            ManifestSha256 = ByteString.CopyFrom(PayloadHash(manifest)), LabelKind = "case", Number = "C1",
        });

        Assert.Single(await ClerkHost.RunAsync(_ledger, directory));
        Assert.Single(await ClerkHost.RunAsync(_ledger)); // nor after clerk.db is lost
    }

    [Fact]
    public async Task Manifest_NamedByTheAlertBehindTheCase_IsAttachedEvenWithoutAClock()
    {
        ulong manifest = _ledger.Append("dock-1", record => record.Manifest("1.mp4").Capture.ClockImplausible = true);
        _ledger.Append("dock-1", record => record.FieldAlert("e1").FieldAlert.MediaManifestSha256.Add(ByteString.CopyFrom(PayloadHash(manifest))));
        string directory = System.IO.Directory.CreateTempSubdirectory("clerk-").FullName;
        await ClerkHost.RunAsync(_ledger, directory);
        _ledger.AppendFact(LeafOrigin.Operator, Story.OnAlert("e1", 1, r => r.LeadRegistered = new LeadRegistered { AlertId = "e1", LeadId = "L-e1" }));
        _ledger.AppendFact(LeafOrigin.Operator, Story.Case("C1", leadId: "L-e1"));

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger, directory);

        Assert.Equal(AttachReason.NamedByAlert, facts[^1].MediaAttached.Reason);
        Assert.Equal("named by alert e1", facts[^1].MediaAttached.Explanation);
    }

    private byte[] PayloadHash(ulong index)
    {
        EnvelopeReader.TryRead(_ledger.Entries[(int)index].Envelope, out OpenedEnvelope opened);
        return opened.PayloadHash.ToArray();
    }
}
