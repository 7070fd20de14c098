using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Detection;

/// <summary>One outlet's batches as a source would spool them, and a rule file for it.</summary>
internal static class Outlet
{
    public const string Mn = "010000A8900016F000169DC0";

    public static Record Batch(double value, DateTimeOffset observed, string quality = "N", ReadingKind kind = ReadingKind.RealTime)
    {
        var raw = ByteString.CopyFromUtf8(FormattableString.Invariant($"##0139ST=32;CN=2011;MN={Mn};CP=&&DataTime={observed:yyyyMMddHHmmss};w01018-Rtd={value},w01018-Flag={quality}&&"));
        var sha256 = ByteString.CopyFrom(Sha256Hash.Of(raw.Span).ToArray());
        var at = Timestamp.FromDateTimeOffset(observed);
        var batch = new ReadingBatch { Protocol = "hj212-2017", Raw = raw, RawSha256 = sha256 };
        batch.Frames.Add(new RawFrame { Length = (uint)raw.Length, Sha256 = sha256, ReceivedAt = at });
        batch.Readings.Add(new Reading { Factor = "w01018", Kind = kind, ObservedAt = at, PeriodEnd = at, Value = value, Unit = "mg/L", Quality = quality });
        return new Record { SourceDevice = Mn, Sensitivity = Sensitivity.Internal, ReadingBatch = batch };
    }

    public static byte[] Rules(string version = "1", int limit = 50, string more = "") => Encoding.UTF8.GetBytes($$"""
        {
          "format": 1, "id": "outlets", "version": "{{version}}",
          "stations": [ { "mn": "{{Mn}}", "name": "总排口" } ],
          "rules": [
            { "id": "cod", "title": "COD 偏高", "kind": "threshold", "judges": "warning", "decider": "edge", "stations": ["*"],
              "factor": "w01018", "factorName": "化学需氧量", "period": "real-time", "unit": "mg/L", "comparison": "above", "limit": {{limit}},
              "updateEvery": "1.00:00:00", "source": { "standard": "GB 18918-2002" }, "validFrom": "2006-05-08" }{{more}}
          ]
        }
        """);

    public const string SilentRule = """
        , { "id": "silent", "title": "数据中断", "kind": "missing", "judges": "device", "decider": "edge", "stations": ["*"], "after": "00:05:00",
            "source": { "standard": "HJ 212-2017" }, "validFrom": "2017-05-01" }
        """;
}
