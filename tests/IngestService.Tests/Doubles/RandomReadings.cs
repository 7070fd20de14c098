using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>
/// What stations send, in any order: in time, late, twice, recalled, with a clock that is days or decades off, of every kind and flag; months
/// go by between them, years now and then.
/// </summary>
internal sealed class RandomReadings(MemoryLedger ledger, Random random)
{
    private static readonly string[] Factors = ["w01018", "w21003", "w00000"];
    private static readonly string[] Flags = ["N", "N", "N", "N", "M", "D", "", "OVER", "T"];

    public void Batch(Record record)
    {
        Pass();
        record.SourceDevice = "MN" + random.Next(1, 4);
        record.Time = new DeviceTime { AgentTime = At(ledger.NowMicros / 1000 - 200), DeviceTime_ = At(ledger.NowMicros / 1000 - 400) };
        ReadingKind kind = (ReadingKind)random.Next(0, 6);
        long observed = Observed();
        record.ReadingBatch = new ReadingBatch { Protocol = "hj212-2017", Raw = ByteString.CopyFromUtf8("##") };
        for (int i = random.Next(0, 5); i > 0; i--)
            record.ReadingBatch.Readings.Add(Reading(kind, observed + (random.Next(3) == 0 ? random.Next(-200_000, 200_000) : 0)));
    }

    public void Happening(Record record)
    {
        Pass();
        record.SourceDevice = "MN" + random.Next(1, 4);
        switch (random.Next(3))
        {
            case 0:
                record.DeviceEvent = new DeviceEvent { Kind = (DeviceEventKind)random.Next(1, 15), Protocol = "hj212-2017", Fields = { ["SB2-RS"] = "0", ["SB1-RS"] = "1" } };
                break;
            case 1:
                record.DeviceExchange = new DeviceExchange { Command = "2061 recall hours", Reason = "gap after outage", Outcome = "done", SentAt = At(ledger.NowMicros / 1000) };
                break;
            default:
                record.RuleSetActivated = new RuleSetActivated { RuleSet = "river", Version = random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture), Sha256 = ByteString.CopyFromUtf8("h") };
                break;
        }
    }

    private void Pass() => ledger.NowMicros += random.Next(12) switch
    {
        0 => random.NextInt64(40L * 86_400_000_000),
        1 => random.Next(20) == 0 ? 1_000L * 86_400_000_000 : 0,
        < 5 => random.NextInt64(3_600_000_000),
        _ => random.NextInt64(70_000_000),
    };

    private long Observed()
    {
        long now = ledger.NowMicros / 1000;
        return random.Next(12) switch
        {
            0 => now + random.NextInt64(5L * 86_400_000),
            1 => now - random.NextInt64(60L * 86_400_000),
            2 => random.Next(4) == 0 ? random.NextInt64(-62_135_596_800_000, 253_402_300_799_000) : now - random.NextInt64(2_000L * 86_400_000),
            < 6 => now - random.NextInt64(3_600_000),
            _ => now - 1000,
        };
    }

    private Reading Reading(ReadingKind kind, long observed)
    {
        Reading reading = new()
        {
            Factor = Factors[random.Next(Factors.Length)], Kind = kind, ObservedAt = At(observed), Unit = random.Next(9) == 0 ? "ug/L" : "mg/L",
            Quality = Flags[random.Next(Flags.Length)], RecalledKind = kind == ReadingKind.Recalled ? (ReadingKind)random.Next(0, 5) : ReadingKind.Unspecified,
        };
        if (kind is ReadingKind.Minute or ReadingKind.Hour)
            reading.PeriodEnd = At(observed + (kind == ReadingKind.Hour ? 3_600_000 : 60_000));
        if (random.Next(10) > 0)
            reading.Value = random.Next(20) == 0 ? double.NaN : random.NextDouble() * 100;
        if (random.Next(3) == 0)
            (reading.Minimum, reading.Maximum, reading.Total) = (reading.Value - 1.1, reading.Value + 0.7, random.NextDouble());
        return reading;
    }

    private static Timestamp At(long ms) => new()
    {
        Seconds = Math.Clamp(Math.DivRem(ms, 1000).Quotient, -62_135_596_800, 253_402_300_799), Nanos = (int)(Math.Abs(ms) % 1000) * 1_000_000,
    };
}
