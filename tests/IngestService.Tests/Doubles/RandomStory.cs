using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Tests.Clerk;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>
/// Weeks at the duty room in any order: stations, gaps, conflicts, late labels, alerts, leads, cases, attached, detached, stored,
/// quarantined, devices that come and go. Names are few, so that entries meet each other.
/// </summary>
internal sealed class RandomStory(MemoryLedger ledger, Random random)
{
    private readonly List<ulong> _manifests = [];
    private readonly RandomPresence _presence = new(ledger, random);
    private readonly RandomReadings _readings = new(ledger, random);

    /// <summary>A story with its clerk: what he opened and attached stands where it came.</summary>
    public static async Task<MemoryLedger> LedgerAsync(int entries, Random random)
    {
        MemoryLedger ledger = new();
        RandomStory story = new(ledger, random);
        RandomRegisters registers = new(ledger, new Random(entries));
        for (int part = 0; part < 5; part++)
        {
            registers.Tell();
            story.Tell(entries / 5);
            await ClerkHost.RunAsync(ledger);
        }
        return ledger;
    }

    public void Tell(int entries)
    {
        for (int i = 0; i < entries; i++)
            One();
    }

    private void One()
    {
        switch (random.Next(22))
        {
            case 0 or 1: Manifest(); break;
            case 2: Field(r => r.FieldAlert("e" + Few(), (EpisodePhase)random.Next(1, 4)), RecordClass.P0); break;
            case 3: Field(r => r.AgentStatus = Status(), RecordClass.P2); break;
            case 4: Field(r => r.CustodyEvent = Custody(), RecordClass.P0); break;
            case 5: Field(r => r.MediaLabel = Label(), RecordClass.P0); break;
            case 6: Field(r => r.GapCertificate = Gap(), RecordClass.P0); break;
            case 7: Field(r => r.EpochStart = Epoch(), RecordClass.P0); break;
            case 8: Fact(LeafOrigin.Ledger, new Record { ProducerRegistered = Registered() }); break;
            case 9: Fact(LeafOrigin.Ledger, new Record { MediaStored = new MediaStored { ManifestIndex = SomeManifest(), SizeBytes = 5 } }); break;
            case 10: Fact(LeafOrigin.Ledger, new Record { MediaQuarantined = new MediaQuarantined { ManifestIndex = SomeManifest(), Reason = "differs" } }); break;
            case 11: Act(OnAlert(r => r.AlertAcknowledged = new AlertAcknowledged { AlertId = Alert(r), Actor = Story.Operator })); break;
            case 12: Act(OnAlert(r => Close(r, Alert(r)))); break;
            case 13: Act(OnAlert(r => r.LeadRegistered = new LeadRegistered { AlertId = Alert(r), LeadId = "L-" + Alert(r), Number = "1号", Actor = Story.Operator })); break;
            case 14: Fact(LeafOrigin.Operator, Story.Case("C" + Few(), ["00000" + Few()], leadId: "L-e" + Few(), position: Place(), radius: 100)); break;
            case 16: _presence.Tell(); break;
            case 15: Fact(LeafOrigin.Operator, Evidence()); break;
            case >= 17 and <= 20: Field(_readings.Batch, RecordClass.P2); break;
            case 21: Field(_readings.Happening, RecordClass.P2); break;
            default: Field(r => r.FieldAlert("e" + Few()), RecordClass.P0); break;
        }
    }

    private int Few() => random.Next(1, 7);

    private static string Alert(Record record) => record.Preconditions[0].Stream["alert/".Length..];

    private void Manifest()
    {
        ulong? sequence = random.Next(4) == 0 ? (ulong)random.Next(1, 60) : null;
        string officer = random.Next(2) == 0 ? "00000" + Few() : "";
        _manifests.Add(ledger.Append("dock-" + Few(), record =>
        {
            MediaManifest manifest = record.Manifest($"DCIM/{random.Next()}.mp4", officer, $"2026-11-21T{random.Next(10, 20)}:00:00+08:00");
            manifest.CaseNumber = random.Next(3) == 0 ? "C" + Few() : "";
            manifest.Position = Place();
        }, sequence: sequence, epoch: (uint)random.Next(1, 3)));
    }

    private void Field(Action<Record> fill, RecordClass recordClass) => ledger.Append(
        "dock-" + Few(), fill, recordClass, random.Next(5) == 0 ? (ulong)random.Next(1, 60) : null, (uint)random.Next(1, 3));

    /// <summary>What the ledger refuses for its preconditions is no entry.</summary>
    private void Fact(LeafOrigin origin, Record record) => ledger.AppendAsync(origin, record, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Nobody acts on an alert that was not opened: the desk does not show it.</summary>
    private void Act(Record record)
    {
        if (record.Preconditions[0].ExpectedVersion > 0)
            Fact(LeafOrigin.Operator, record);
    }

    private Record OnAlert(Action<Record> fill)
    {
        string alert = "e" + Few();
        ulong version = ledger.StreamVersion("alert/" + alert);
        return Story.OnAlert(alert, version, fill);
    }

    private void Close(Record record, string alert)
    {
        if (random.Next(2) == 0)
            record.AlertClosed = new AlertClosed { AlertId = alert, Actor = Story.Operator, Reason = (CloseReason)random.Next(1, 7), Remark = "处置" };
        else
            record.AlertReopened = new AlertReopened { AlertId = alert, Actor = Story.Operator, Remark = "误判" };
    }

    private Record Evidence()
    {
        string id = "C" + Few();
        ulong version = ledger.StreamVersion(CaseStream.Evidence(id));
        return random.Next(3) switch
        {
            0 => Story.Attach(id, SomeManifest(), version),
            1 => Story.Detach(id, SomeManifest(), version),
            _ => new Record { EvidenceChecked = new EvidenceChecked { ManifestIndex = SomeManifest(), Passed = true, Finding = "PASSED", Actor = Story.Operator } },
        };
    }

    private ulong SomeManifest() => _manifests.Count == 0 ? 0 : _manifests[random.Next(_manifests.Count)];

    private ByteString SomePayload()
    {
        ulong index = SomeManifest();
        if (index >= ledger.DurableSize)
            return ByteString.Empty;
        ByteString payload = SignedEnvelope.Parser.ParseFrom(ledger.Read(new EntryIndex(index)).Envelope.Span).Payload;
        return ByteString.CopyFrom(Sha256Hash.Of(payload.Span).ToArray());
    }

    private AgentStatus Status() => new()
    {
        UnsentRecords = (ulong)random.Next(100),
        Bays = { new BayStatus { Bay = (uint)random.Next(1, 3), State = "reading", Recorder = "A1B2C3", FilesTotal = (uint)random.Next(9) } },
    };

    private CustodyEvent Custody() => new()
    {
        Kind = (CustodyEventKind)random.Next(1, 13), Recorder = "A1B2C3", Bay = 1, ManifestSha256 = SomePayload(), Paths = { "DCIM/1.mp4" }, PathsCount = 1,
    };

    private MediaLabel Label() => new()
    {
        ManifestSha256 = SomePayload(), Officer = "00000" + Few(), LabelKind = random.Next(2) == 0 ? "case" : "incident", Number = "C" + Few(), Remark = "备注",
    };

    private GapCertificate Gap() => new()
    {
        RecordClass = RecordClass.P2, Epoch = 1, FirstSequence = (ulong)random.Next(1, 40), LastSequence = (ulong)random.Next(1, 60), Reason = "disk full",
    };

    private EpochStart Epoch() => new()
    {
        PreviousEpoch = 1, LastMarks = { new SequenceMark { RecordClass = RecordClass.P2, LastSequence = (ulong)random.Next(1, 80) } },
    };

    private ProducerRegistered Registered() => new()
    {
        Producer = "dock-" + Few(), KeyId = "key" + Few(), PublicKey = ByteString.CopyFromUtf8("k" + Few()), DisplayName = "采集站",
    };

    private Position? Place() => random.Next(2) == 0 ? null : new Position { Latitude = 29.5 + random.NextDouble() / 1000, Longitude = 106.5 };
}
