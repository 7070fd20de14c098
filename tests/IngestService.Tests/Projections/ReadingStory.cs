using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Projections;

/// <summary>Readings as an agent appends them: time of ingest is the ledger's clock, set before each append.</summary>
internal static class ReadingStory
{
    public const string Outlet = "010000A8900016F000169DC0";
    public const string Cod = "w01018";

    public static DateTimeOffset Civil(string time) => DateTimeOffset.Parse(time + "+08:00", System.Globalization.CultureInfo.InvariantCulture);

    public static long Ms(string civil) => Civil(civil).ToUnixTimeMilliseconds();

    /// <summary>One batch, taken in at <paramref name="ingest"/>.</summary>
    public static ulong Batch(this MemoryLedger ledger, DateTimeOffset ingest, params Reading[] readings)
    {
        ledger.NowMicros = ingest.ToUnixTimeMilliseconds() * 1000;
        return ledger.Append("gateway-1", record => Fill(record, ingest, readings), RecordClass.P2);
    }

    public static void Fill(Record record, DateTimeOffset ingest, params Reading[] readings)
    {
        record.SourceDevice = Outlet;
        record.Time = new DeviceTime { AgentTime = Timestamp.FromDateTimeOffset(ingest.AddMilliseconds(-300)) };
        record.ReadingBatch = new ReadingBatch { Protocol = "hj212-2017", Readings = { readings } };
    }

    public static Reading Of(
        DateTimeOffset observed, double value, string quality = "N", ReadingKind kind = ReadingKind.RealTime, string factor = Cod, string unit = "mg/L") => new()
    {
        Factor = factor, Kind = kind, Quality = quality, Unit = unit, Value = value,
        ObservedAt = Timestamp.FromDateTimeOffset(observed), PeriodEnd = Timestamp.FromDateTimeOffset(observed + Period(kind)),
    };

    public static Reading Recalled(DateTimeOffset observed, double value, ReadingKind of)
    {
        Reading reading = Of(observed, value, kind: of);
        (reading.Kind, reading.RecalledKind) = (ReadingKind.Recalled, of);
        return reading;
    }

    private static TimeSpan Period(ReadingKind kind) => kind switch
    {
        ReadingKind.Minute => TimeSpan.FromMinutes(1),
        ReadingKind.Hour => TimeSpan.FromHours(1),
        ReadingKind.Day => TimeSpan.FromDays(1),
        _ => TimeSpan.Zero,
    };
}
