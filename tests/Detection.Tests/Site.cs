using System.Text;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Detection.Tests;

/// <summary>An engine, a clock that moves with what is fed, and everything that came out.</summary>
internal sealed class Site(RuleSet rules)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    private ulong _sequence;

    public DetectionEngine Engine { get; set; } = new(rules, Decider.Edge, "agent-1", Start);

    public DateTimeOffset Now { get; set; } = Start;

    public List<Decision> Said { get; } = [];

    public IEnumerable<FieldAlert> Alerts => Said.Select(d => d.Alert);

    public IEnumerable<(string Rule, EpisodePhase Phase)> Story => Said.Select(d => (d.Alert.Rule, d.Alert.Phase));

    public static DateTimeOffset At(double minutes) => Start.AddMinutes(minutes);

    public static Reading Reading(
        double? value, DateTimeOffset observed, ReadingKind kind = ReadingKind.RealTime, string factor = "w01018", string unit = "mg/L", string quality = "N")
    {
        var recalled = kind == ReadingKind.Recalled;
        var reading = new Reading
        {
            Factor = factor,
            Kind = kind,
            ObservedAt = Timestamp.FromDateTimeOffset(observed),
            PeriodEnd = Timestamp.FromDateTimeOffset(observed + Length(recalled ? ReadingKind.Minute : kind)),
            Unit = unit,
            Quality = quality,
        };
        if (recalled)
            reading.RecalledKind = ReadingKind.Minute;
        if (value is { } number)
            reading.Value = number;
        return reading;
    }

    private static TimeSpan Length(ReadingKind kind) => kind switch
    {
        ReadingKind.Minute => TimeSpan.FromMinutes(1),
        ReadingKind.Hour => TimeSpan.FromHours(1),
        ReadingKind.Day => TimeSpan.FromDays(1),
        _ => TimeSpan.Zero,
    };

    /// <summary>Sends one batch that comes when its newest reading's period ends, or at the time given.</summary>
    public IReadOnlyList<Decision> Send(string station, DateTimeOffset? arrives, params Reading[] readings)
    {
        Now = arrives ?? readings.Max(r => r.PeriodEnd.ToDateTimeOffset());
        var raw = Encoding.UTF8.GetBytes($"##frame {++_sequence}");
        var batch = new ReadingBatch { Protocol = "hj212-2017", Raw = ByteString.CopyFrom(raw), RawSha256 = ByteString.CopyFrom(Sha256Hash.Of(raw).ToArray()) };
        batch.Frames.Add(new RawFrame { Length = (uint)raw.Length, Sha256 = batch.RawSha256 });
        batch.Readings.AddRange(readings);
        var said = Engine.Apply(station, batch, Identity(_sequence), Now);
        Said.AddRange(said);
        return said;
    }

    public IReadOnlyList<Decision> Send(params Reading[] readings) => Send(Rulebook.Station, null, readings);

    /// <summary>A real-time value in time, at the minute given.</summary>
    public IReadOnlyList<Decision> Live(double minute, double value, string station = Rulebook.Station, string factor = "w01018", string unit = "mg/L", string quality = "N") =>
        Send(station, null, Reading(value, At(minute), factor: factor, unit: unit, quality: quality));

    public IReadOnlyList<Decision> Happens(double minute, DeviceEventKind kind, string station = Rulebook.Station)
    {
        Now = At(minute);
        var said = Engine.Apply(station, new DeviceEvent { Kind = kind, Detail = "seen" }, Identity(++_sequence), Now);
        Said.AddRange(said);
        return said;
    }

    public IReadOnlyList<Decision> Tick(double minute)
    {
        Now = At(minute);
        var said = Engine.Tick(Now);
        Said.AddRange(said);
        return said;
    }

    private static RecordIdentity Identity(ulong sequence) => new() { Producer = "agent-1", Epoch = 1, RecordClass = RecordClass.P2, Sequence = sequence };
}
