using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>Many stations of one agent under rules that the centre decides: every station exceeds one limit once, for a while.</summary>
internal static class CentreLoad
{
    private const string Producer = "agent-1";

    public static void Fill(MemoryLedger ledger, int stations, int batches, int perBatch)
    {
        byte[] rules = Encoding.UTF8.GetBytes(Rules(stations));
        ledger.NowMicros = OutletAgent.Start.ToUnixTimeMilliseconds() * 1000;
        ledger.Append(Producer, record => record.RuleSetActivated = new RuleSetActivated
        {
            Sha256 = ByteString.CopyFrom(Sha256Hash.Of(rules).ToArray()), Content = ByteString.CopyFrom(rules),
        });
        for (int i = 0; i < batches; i++)
        {
            (int round, int station) = (i / stations, i % stations);
            ReadingBatch batch = new();
            for (int r = 0; r < perBatch; r++)
                batch.Readings.Add(Of(OutletAgent.Start.AddSeconds(round * perBatch + r), factor: r % 10, value: round is 5 or 6 && r % 10 == 0 ? 60 : 30));
            ledger.NowMicros = Math.Max(ledger.NowMicros, OutletAgent.Start.AddSeconds((round + 1) * perBatch).ToUnixTimeMilliseconds() * 1000);
            ledger.Append(Producer, record =>
            {
                record.SourceDevice = $"MN{station}";
                record.ReadingBatch = batch;
            }, RecordClass.P2);
        }
    }

    private static Reading Of(DateTimeOffset at, int factor, double value) => new()
    {
        Factor = $"w0101{factor}", Kind = ReadingKind.RealTime, ObservedAt = at.ToTimestamp(), PeriodEnd = at.ToTimestamp(), Value = value, Unit = "mg/L", Quality = "N",
    };

    private static string Rules(int stations)
    {
        string rules = string.Join(',', Enumerable.Range(0, 10).Select(factor => $$"""
            { "id": "r{{factor}}", "title": "偏高", "kind": "threshold", "judges": "warning", "decider": "centre", "stations": ["*"],
              "factor": "w0101{{factor}}", "period": "real-time", "unit": "mg/L", "comparison": "above", "limit": 50,
              "source": { "standard": "GB 18918-2002", "judgedPeriod": "day" }, "validFrom": "2006-05-08" }
            """));
        return $$"""
            { "format": 1, "id": "load", "version": "1", "storm": { "perGatewayPerMinute": 100000 },
              "stations": [ {{string.Join(',', Enumerable.Range(0, stations).Select(n => $"{{ \"mn\": \"MN{n}\" }}"))}} ], "rules": [ {{rules}} ] }
            """;
    }
}
