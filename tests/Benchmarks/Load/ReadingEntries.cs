using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Readings;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>Batches of ten real-time readings with a raw frame, station by station, every thirty seconds; one in fifty with another flag than N.</summary>
internal sealed class ReadingEntries(int stations)
{
    public const int Factors = 10;
    public const string ChartStation = "010000A8900016F000169DC0";
    public const string ChartFactor = "w01018";

    private const long Start = 1_793_462_400_000; // 2026-11-01 00:00 +08:00
    private const int IntervalMs = 30_000;

    private static readonly ByteString Raw = ByteString.CopyFrom(new byte[450]);
    private static readonly string[] FactorCodes = [.. Enumerable.Range(0, Factors).Select(i => $"w{21000 + i}")];

    private ulong _next;

    public static long YearEnd => Start + CivilCalendar.DayMs;

    public void ResumeAt(ulong position) => _next = position;

    public List<LedgerEntry> Next(int count)
    {
        List<LedgerEntry> page = new(count);
        for (int i = 0; i < count; i++, _next++)
        {
            long observed = Start + ((long)(_next / (ulong)stations) * IntervalMs);
            int station = (int)(_next % (ulong)stations);
            ReadingBatch batch = new() { Protocol = "hj212-2017", Raw = Raw };
            for (int factor = 0; factor < Factors; factor++)
                batch.Readings.Add(Of(FactorCodes[factor], ReadingKind.RealTime, observed, 0, Value(_next, factor), _next % 50 == 7 ? "M" : "N"));
            page.Add(Entry(_next, "MN" + station.ToString("D22", CultureInfo.InvariantCulture), observed + 800, batch));
        }
        return page;
    }

    /// <summary>One station, COD minute by minute, a year of it: 525,600 batches of one.</summary>
    public static IEnumerable<LedgerEntry> YearOfMinutes()
    {
        const int Minutes = 525_600;
        for (int minute = 0; minute < Minutes; minute++)
        {
            long observed = YearEnd - ((Minutes - minute) * CivilCalendar.MinuteMs);
            Reading reading = Of(ChartFactor, ReadingKind.Minute, observed, CivilCalendar.MinuteMs, Value((ulong)minute, 1), minute % 97 == 3 ? "D" : "N");
            (reading.Minimum, reading.Maximum) = (reading.Value - 2, reading.Value + 3);
            yield return Entry((ulong)minute, ChartStation, observed + CivilCalendar.MinuteMs + 900, new ReadingBatch { Protocol = "hj212-2017", Readings = { reading } });
        }
    }

    private static double Value(ulong index, int factor) => Math.Round(30 + (20 * Math.Sin(index / 700.0)) + factor + (index % 13 / 10.0), 2);

    private static Reading Of(string factor, ReadingKind kind, long observed, long period, double value, string quality) => new()
    {
        Factor = factor, Kind = kind, Unit = "mg/L", Value = value, Quality = quality,
        ObservedAt = At(observed), PeriodEnd = At(observed + period),
    };

    private static LedgerEntry Entry(ulong index, string device, long ingestMs, ReadingBatch batch)
    {
        Record record = new() { SourceDevice = device, Time = new DeviceTime { AgentTime = At(ingestMs - 300), DeviceTime_ = At(ingestMs - 700) }, ReadingBatch = batch };
        byte[] envelope = new SignedEnvelope { Payload = record.ToByteString() }.ToByteArray();
        Leaf leaf = new()
        {
            Origin = LeafOrigin.Producer, Class = (byte)RecordClass.P2, Type = Record.ReadingBatchFieldNumber, Producer = "gateway-1", Epoch = 1,
            Sequence = index + 1, EnvelopeLength = (uint)envelope.Length, IngestTimeMicros = ingestMs * 1000, Commitment = Sha256Hash.Of("load"u8),
        };
        return new LedgerEntry(new EntryIndex(index), leaf, LeafFormat.ToArray(leaf), default, envelope, IsErased: false);
    }

    private static Timestamp At(long ms) => new() { Seconds = ms / 1000, Nanos = (int)(ms % 1000) * 1_000_000 };
}
