using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Projections;

public sealed class ProjectionReplayTests
{
    [Fact]
    public async Task Rebuild_AfterDeletingTheFiles_GivesTheSameTables()
    {
        MemoryLedger ledger = Tell();
        await using DeskHost live = await DeskHost.StartAsync(ledger);
        string before = live.Dump();

        await using DeskHost rebuilt = await DeskHost.StartAsync(ledger);

        Assert.Contains("疑似非法采砂", before);
        Assert.Equal(before, rebuilt.Dump());
    }

    [Fact]
    public async Task Rebuild_OfFilesThatAreNoDatabase_GivesTheSameTables()
    {
        MemoryLedger ledger = Tell();
        string directory;
        string before;
        await using (DeskHost live = await DeskHost.StartAsync(ledger))
        {
            directory = live.Directory;
            before = live.Dump();
        }

        foreach (string file in System.IO.Directory.GetFiles(Path.Combine(directory, "projections")))
            File.WriteAllText(file, "not a database");
        await using DeskHost again = await DeskHost.StartAsync(ledger, directory);

        Assert.Equal(before, again.Dump());
    }

    [Fact]
    public async Task Restart_ReadsOnlyWhatIsNew()
    {
        MemoryLedger ledger = Tell();
        string directory;
        await using (DeskHost live = await DeskHost.StartAsync(ledger))
            directory = live.Directory;
        ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("late"));

        await using DeskHost again = await DeskHost.StartAsync(ledger, directory);
        await using DeskHost rebuilt = await DeskHost.StartAsync(ledger);

        Assert.Equal(rebuilt.Dump(), again.Dump());
    }

    [Fact]
    public async Task Stop_SavesHowFarItCame_ThoughNothingOfLateConcernedIt()
    {
        MemoryLedger ledger = Tell();
        string directory;
        await using (DeskHost live = await DeskHost.StartAsync(ledger))
            directory = live.Directory;

        foreach (string path in System.IO.Directory.GetFiles(Path.Combine(directory, "projections"), "*.db"))
        {
            using SqliteFile file = new(path);
            using SqliteReadLease lease = file.Rent();
            Assert.Equal(ledger.DurableSize, lease.Query("SELECT position FROM cursor", row => row.UInt64(0)).Single());
        }
    }

    [Fact]
    public async Task Rebuild_FromAnErasedLedger_KeepsTheCountsAndLosesTheContent()
    {
        MemoryLedger ledger = new();
        ulong index = ledger.Append("dock-1", record => record.Manifest("secret.mp4"));
        ledger.Erase(index);

        await using DeskHost host = await DeskHost.StartAsync(ledger);

        Assert.Equal(1UL, host.Fleet.List().Single().Records);
        var row = Assert.Single(host.Media.List(long.MaxValue, 10, unattachedOnly: false));
        Assert.Equal((MediaState.Erased, "dock-1", ""), (row.State, row.Producer, row.OriginalPath));
        Assert.DoesNotContain("secret.mp4", host.Dump());
    }

    [Fact]
    public async Task Fleet_CountsGapsThatNoCertificateExplains()
    {
        MemoryLedger ledger = new();
        ledger.Append("dock-1", Status, RecordClass.P2, sequence: 1);
        ledger.Append("dock-1", Status, RecordClass.P2, sequence: 10);
        ledger.Append("dock-1", Status, RecordClass.P2, sequence: 5);
        ledger.Append("dock-1", record => record.GapCertificate = new GapCertificate
        {
            RecordClass = RecordClass.P2, Epoch = 1, FirstSequence = 3, LastSequence = 7, Reason = "disk full",
        });

        await using DeskHost host = await DeskHost.StartAsync(ledger);

        FleetRow row = host.Fleet.List().Single();
        Assert.Equal(3UL, row.Gaps); // 2, 8 and 9
        Assert.Equal((4UL, "disk full"), (row.ExplainedGaps, row.Explanation)); // 3, 4, 6 and 7
        Assert.Equal(4UL, row.Records);

        static void Status(Record record) => record.AgentStatus = new AgentStatus();
    }

    [Fact]
    public async Task Fleet_ACertificateShowsItsGapAtOnce_AndRecordsThatComeAfterItAreNoViolation()
    {
        MemoryLedger ledger = new();
        ledger.Append("dock-1", Status, RecordClass.P2, sequence: 1);
        ledger.Append("dock-1", record => record.GapCertificate = new GapCertificate
        {
            RecordClass = RecordClass.P2, Epoch = 1, FirstSequence = 2, LastSequence = 5, Reason = "station disk full",
        });
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        FleetRow shed = host.Fleet.List().Single();
        Assert.Equal((0UL, 4UL, "station disk full"), (shed.Gaps, shed.ExplainedGaps, shed.Explanation));

        // All of them were on their way, or a crash kept them.
        foreach (ulong sequence in new ulong[] { 4, 2, 5, 3 })
            ledger.Append("dock-1", Status, RecordClass.P2, sequence);
        await host.CatchUpAsync(ledger);
        FleetRow arrived = host.Fleet.List().Single();
        Assert.Equal((0UL, 0UL, 0UL, ""), (arrived.Gaps, arrived.ExplainedGaps, arrived.Conflicts, arrived.Explanation));
        Assert.Equal(6UL, arrived.Records);

        static void Status(Record record) => record.AgentStatus = new AgentStatus();
    }

    [Fact]
    public async Task Fleet_EpochStart_MakesTheLostTailAGap()
    {
        MemoryLedger ledger = new();
        ledger.Append("dock-1", record => record.AgentStatus = new AgentStatus(), RecordClass.P2);
        ledger.Append("dock-1", record => record.EpochStart = new EpochStart
        {
            PreviousEpoch = 1, LastMarks = { new SequenceMark { RecordClass = RecordClass.P2, LastSequence = 4 } },
        }, epoch: 2);

        await using DeskHost host = await DeskHost.StartAsync(ledger);

        FleetRow row = host.Fleet.List().Single();
        Assert.Equal(3UL, row.Gaps);
        Assert.Equal(2U, row.Epoch);
    }

    [Fact]
    public async Task Fleet_ConflictEntry_IsCountedAndItsContentIgnored()
    {
        MemoryLedger ledger = new();
        ledger.Append("dock-1", record => record.Manifest("a.mp4"), sequence: 1);
        ledger.Append("dock-1", record => record.Manifest("b.mp4"), sequence: 1);

        await using DeskHost host = await DeskHost.StartAsync(ledger);

        Assert.Equal(1UL, host.Fleet.List().Single().Conflicts);
        Assert.Equal("a.mp4", host.Media.List(long.MaxValue, 10, unattachedOnly: false).Single().OriginalPath);
    }

    [Fact]
    public async Task ProducerKeys_TheFirstKeyIsKept()
    {
        MemoryLedger ledger = new();
        ledger.AppendFact(LeafOrigin.Ledger, Registered("first"));
        ledger.AppendFact(LeafOrigin.Ledger, Registered("second"));

        await using DeskHost host = await DeskHost.StartAsync(ledger);

        Assert.Equal("first", host.Keys.Find("dock-1")?.KeyId);
        Assert.Null(host.Keys.Find("dock-2"));

        static Record Registered(string key) => new()
        {
            ProducerRegistered = new ProducerRegistered { Producer = "dock-1", KeyId = key, PublicKey = ByteString.CopyFromUtf8(key) },
        };
    }

    [Fact]
    public async Task Records_WithValuesNoColumnCanHold_DoNotStopThePump()
    {
        MemoryLedger ledger = new();
        ledger.Append("dock-1", record =>
        {
            MediaManifest manifest = record.Manifest("odd.mp4");
            manifest.SizeBytes = ulong.MaxValue;
            manifest.Capture.Start.Seconds = long.MaxValue;
            manifest.Duration.Seconds = long.MinValue;
        });
        Record opened = Story.Opened("odd");
        opened.AlertOpened.Position = new Position { Latitude = double.NaN, Longitude = double.PositiveInfinity };
        ledger.AppendFact(LeafOrigin.Clerk, opened);

        await using DeskHost host = await DeskHost.StartAsync(ledger);

        Assert.Equal("odd.mp4", host.Media.List(long.MaxValue, 10, unattachedOnly: false).Single().OriginalPath);
        Assert.Null(host.Alerts.Find("odd")!.Position);
    }

    private static MemoryLedger Tell()
    {
        MemoryLedger ledger = new();
        ledger.Append("dock-1", record => record.CustodyEvent = new CustodyEvent
        {
            Kind = CustodyEventKind.RecorderInserted, Recorder = "A1B2C3", Bay = 1,
        });
        ulong manifest = ledger.Append("dock-1", record => record.Manifest("DCIM/1.mp4", officer: "000001"));
        ledger.Append("dock-1", record => record.FieldAlert("e1"));
        ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("e1", 2));
        ledger.AppendFact(LeafOrigin.Operator, Story.OnAlert("e1", 1, r => r.AlertAcknowledged = new AlertAcknowledged { AlertId = "e1", Actor = Story.Operator }));
        ledger.AppendFact(LeafOrigin.Operator, Story.OnAlert("e1", 2, r => r.LeadRegistered = new LeadRegistered
        {
            AlertId = "e1", LeadId = "L-e1", Number = "渝执线〔2026〕1号", Actor = Story.Operator, Reason = "属实",
        }));
        ledger.AppendFact(LeafOrigin.Operator, Story.Case("C1", ["000001"], leadId: "L-e1"));
        ledger.AppendFact(LeafOrigin.Operator, Story.Attach("C1", manifest, 0));
        ledger.AppendFact(LeafOrigin.Ledger, new Record { MediaStored = new MediaStored { ManifestIndex = manifest, SizeBytes = 5 } });
        ledger.AppendFact(LeafOrigin.Operator, new Record
        {
            EvidenceChecked = new EvidenceChecked { ManifestIndex = manifest, Passed = true, Finding = "PASSED", Actor = Story.Operator },
        });
        ledger.Append("dock-1", record => record.AgentStatus = new AgentStatus
        {
            UnsentRecords = 3, Bays = { new BayStatus { Bay = 1, State = "copied", Recorder = "A1B2C3" } },
        }, RecordClass.P2);
        return ledger;
    }
}
