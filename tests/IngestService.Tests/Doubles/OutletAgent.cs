using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>
/// A station behind an agent that decides by a rule set with the real engine: what the agent would send, in whatever order the test sends
/// it. Minutes count from <see cref="Start"/>.
/// </summary>
internal sealed class OutletAgent
{
    public const string Producer = "agent-1";
    public const string Station = "MN1";

    public static readonly DateTimeOffset Start = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    private readonly MemoryLedger _ledger;
    private readonly byte[] _rules;
    private readonly DetectionEngine _engine;
    private ulong _batches;
    private ulong _reports;

    public OutletAgent(MemoryLedger ledger, string? rules = null)
    {
        _ledger = ledger;
        _rules = Encoding.UTF8.GetBytes(rules ?? RuleFile(Threshold));
        RuleSet? set = RuleSetParser.TryParse(_rules, out IReadOnlyList<RuleSetError> errors);
        Assert.True(set is not null, string.Join('\n', errors));
        _engine = new DetectionEngine(set, Decider.Edge, Producer, Start);
    }

    /// <summary>COD above 50 mg/L, by each value.</summary>
    public const string Threshold = """
        { "id": "cod", "title": "COD 偏高", "kind": "threshold", "judges": "warning", "decider": "edge", "stations": ["MN1"],
          "factor": "w01018", "factorName": "化学需氧量", "period": "real-time", "unit": "mg/L", "comparison": "above", "limit": 50, "clearLevel": 40,
          "source": { "standard": "GB 18918-2002", "judgedPeriod": "day" }, "validFrom": "2006-05-08" }
        """;

    /// <summary>The same limit, decided at the centre.</summary>
    public static string Central { get; } = Threshold.Replace("\"cod\"", "\"cod-centre\"", StringComparison.Ordinal).Replace("\"edge\"", "\"centre\"", StringComparison.Ordinal);

    /// <summary>Nothing of COD for half an hour, decided at the centre.</summary>
    public const string CentralSilence = """
        { "id": "silent", "title": "COD 数据中断", "kind": "missing", "judges": "device", "decider": "centre", "stations": ["MN1"],
          "factor": "w01018", "period": "real-time", "after": "00:30:00",
          "source": { "standard": "HJ 356-2019" }, "validFrom": "2020-03-24" }
        """;

    public const string Tamper = """
        { "id": "door", "title": "箱门打开", "kind": "tamper", "judges": "device", "decider": "edge", "stations": ["MN1"], "events": ["box-door"],
          "source": { "article": "水污染防治法 第二十三条" }, "validFrom": "2018-01-01" }
        """;

    public byte[] RuleSetSha256 => Sha256Hash.Of(_rules).ToArray();

    /// <summary>Records that were made and not sent, by their place in the order of making.</summary>
    public List<Record> Made { get; } = [];

    public static string RuleFile(string rules, string version = "1") =>
        $$"""{ "format": 1, "id": "test", "version": "{{version}}", "stations": [ { "mn": "MN1", "name": "一号排口" }, { "mn": "MN2" } ], "rules": [ {{rules}} ] }""";

    public static DateTimeOffset At(double minute) => Start.AddMinutes(minute);

    /// <summary>Sends all that was made, in this order; the ledger's clock does not move for it.</summary>
    public void SendAll(IEnumerable<Record>? order = null)
    {
        foreach (Record record in (order ?? Made).ToList())
            Send(record);
    }

    /// <summary>Sends all that was made, each taken by the ledger so long after it was made.</summary>
    public void Deliver(TimeSpan delay = default)
    {
        foreach (Record record in Made.ToList())
        {
            _ledger.NowMicros = Math.Max(_ledger.NowMicros, record.Time.AgentTime.ToDateTimeOffset().Add(delay).ToUnixTimeMilliseconds() * 1000);
            Send(record);
        }
    }

    /// <summary>The agent is heard, and no station.</summary>
    public Record Status(double minute)
    {
        Record status = Make(Producer, RecordClass.P2, ++_batches, At(minute), record => record.AgentStatus = new AgentStatus());
        status.SourceDevice = Producer;
        return status;
    }

    public ulong Send(Record record)
    {
        Made.Remove(record);
        return _ledger.Append(
            record.Identity.Producer, to => to.MergeFrom(record), record.Identity.RecordClass, record.Identity.Sequence, record.Identity.Epoch);
    }

    public Record Activate(string producer = Producer, double minute = 0, string? rules = null)
    {
        byte[] content = rules is null ? _rules : Encoding.UTF8.GetBytes(rules);
        return Make(producer, RecordClass.P0, ++_reports, At(minute), record => record.RuleSetActivated = new RuleSetActivated
        {
            RuleSet = "test", Version = "1", Sha256 = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray()), Content = ByteString.CopyFrom(content),
            Decider = "edge", RuleCount = 1,
        });
    }

    /// <summary>A real-time value in time, and what the rules say of it.</summary>
    public Record Live(double minute, double value, string factor = "w01018", string quality = "N")
    {
        DateTimeOffset at = At(minute);
        Reading reading = new()
        {
            Factor = factor, Kind = ReadingKind.RealTime, ObservedAt = at.ToTimestamp(), PeriodEnd = at.ToTimestamp(), Value = value, Unit = "mg/L", Quality = quality,
        };
        Record batch = Make(Producer, RecordClass.P2, ++_batches, at, record =>
        {
            ByteString raw = ByteString.CopyFromUtf8(FormattableString.Invariant($"##frame {minute} {value}"));
            ByteString sha256 = ByteString.CopyFrom(Sha256Hash.Of(raw.Span).ToArray());
            record.ReadingBatch = new ReadingBatch
            {
                Protocol = "hj212-2017", Raw = raw, RawSha256 = sha256, Readings = { reading }, Frames = { new RawFrame { Length = (uint)raw.Length, Sha256 = sha256 } },
            };
        });
        Report(_engine.Apply(Station, batch.ReadingBatch, batch.Identity, at), at);
        return batch;
    }

    public Record BoxDoor(double minute)
    {
        DateTimeOffset at = At(minute);
        Record happened = Make(Producer, RecordClass.P2, ++_batches, at, record => record.DeviceEvent = new DeviceEvent { Kind = DeviceEventKind.BoxDoor, Detail = "open" });
        Report(_engine.Apply(Station, happened.DeviceEvent, happened.Identity, at), at);
        return happened;
    }

    /// <summary>The newest report that was made.</summary>
    public FieldAlert Newest => Made.Last(record => record.FieldAlert is not null).FieldAlert;

    private void Report(IReadOnlyList<Decision> decisions, DateTimeOffset at)
    {
        foreach (Decision decision in decisions)
        {
            Record record = Make(Producer, RecordClass.P0, ++_reports, at, report => report.FieldAlert = decision.Alert.Clone());
            record.SourceDevice = decision.SourceDevice;
        }
    }

    private Record Make(string producer, RecordClass recordClass, ulong sequence, DateTimeOffset at, Action<Record> fill)
    {
        Record record = new()
        {
            Identity = new RecordIdentity { Producer = producer, Epoch = 1, RecordClass = recordClass, Sequence = sequence },
            SourceDevice = Station,
            Time = new DeviceTime { AgentTime = at.ToTimestamp() },
        };
        fill(record);
        Made.Add(record);
        return record;
    }
}
