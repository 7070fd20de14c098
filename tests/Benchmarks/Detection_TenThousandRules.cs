using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Benchmarks;

/// <summary>
/// What does one reading cost when 10,000 rules are in force: 2,000 stations of four factors, five rules each? Every station sends a batch of
/// its four factors per round; in the second case one station of fifty goes beyond its limit and comes back. The number of alerts is checked.
/// </summary>
[MemoryDiagnoser]
[HideColumns("Error", "StdDev", "RatioSD")]
public class Detection_TenThousandRules
{
    private const int Stations = 2_000;
    private const int Readings = Stations * 4;

    private static readonly string[] Factors = ["w01018", "w21003", "w21011", "w00000"];

    // Two of each, in turn: a batch is parsed from its record, so the one before must not change with it.
    private readonly ReadingBatch[] _batches = new ReadingBatch[2 * Stations];
    private readonly string[] _names = [.. Enumerable.Range(0, Stations).Select(i => string.Create(CultureInfo.InvariantCulture, $"MN{i:D6}"))];
    private readonly RecordIdentity _identity = new() { Producer = "bench", Epoch = 1, RecordClass = RecordClass.P2, Sequence = 1 };
    private DetectionEngine? _engine;
    private DateTimeOffset _now = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);
    private int _round;

    /// <summary>Of a thousand stations, so many are beyond the limit in every second round.</summary>
    [Params(0, 20)]
    public int BeyondPerMille { get; set; }

    [GlobalSetup]
    public void MakeRules()
    {
        var rules = string.Join(',', Factors.Select(f => Rule(f, "threshold", f, ""))) + "," + Rule("often", "periods", "w01018", "\"breaches\": 3, \"of\": 5,");
        var stations = string.Join(',', _names.Select(n => $$"""{ "mn": "{{n}}" }"""));
        var file = $$"""{ "format": 1, "id": "bench", "version": "1", "storm": { "perDeviceAndKindPerMinute": 1000, "perGatewayPerMinute": 100000 }, "stations": [{{stations}}], "rules": [{{rules}}] }""";
        var set = RuleSetParser.TryParse(Encoding.UTF8.GetBytes(file), out var errors) ?? throw new InvalidOperationException(errors[0].ToString());
        _engine = new DetectionEngine(set, Decider.Edge, "bench", _now);
        if (_engine.WatchCount != 10_000)
            throw new InvalidOperationException($"{_engine.WatchCount} watches");
        for (var i = 0; i < _batches.Length; i++)
        {
            _batches[i] = new ReadingBatch { RawSha256 = ByteString.CopyFrom(new byte[32]) };
            foreach (var factor in Factors)
                _batches[i].Readings.Add(new Reading { Factor = factor, Kind = ReadingKind.RealTime, Unit = "mg/L", Quality = "N" });
        }
    }

    private static string Rule(string id, string kind, string factor, string rest) =>
        $$"""
        { "id": "{{id}}", "title": "t", "kind": "{{kind}}", "judges": "warning", "decider": "edge", "stations": ["*"], "factor": "{{factor}}", "period": "real-time",
          "unit": "mg/L", "comparison": "above", "limit": 50, {{rest}} "source": { "standard": "s" }, "validFrom": "2006-05-08" }
        """;

    [Benchmark(OperationsPerInvoke = Readings)]
    public int JudgeOneRound()
    {
        _now += TimeSpan.FromMinutes(1);
        _round++;
        var at = Timestamp.FromDateTimeOffset(_now);
        var said = 0;
        for (var i = 0; i < Stations; i++)
        {
            var beyond = i % 1000 < BeyondPerMille && _round % 2 == 0;
            var batch = _batches[(_round % 2 * Stations) + i];
            foreach (var reading in batch.Readings)
                (reading.ObservedAt, reading.PeriodEnd, reading.Value) = (at, at, beyond ? 60 : 10 + (_round % 30));
            said += _engine!.Apply(_names[i], batch, _identity, _now).Count; // set in MakeRules
        }
        var expected = BeyondPerMille * Stations / 1000 * Factors.Length;
        return said >= expected && (BeyondPerMille > 0 || said == 0) || _round == 1 ? said : throw new InvalidOperationException($"{said} alerts in round {_round}, at least {expected} expected");
    }
}
