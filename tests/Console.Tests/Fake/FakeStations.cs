using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

/// <summary>
/// An outlet that discharges at night: COD by the minute with a maintenance in the afternoon, an outage of eleven minutes that was recalled, and
/// two and a half hours above the limit. Every answer is cut from the same curve.
/// </summary>
internal sealed class FakeStations
{
    public const string Outlet = "010000A8900016F000169DC0";
    public const string Cod = "w01018";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);

    public Dictionary<string, StationDetail> All { get; } = [];

    public List<GetSeriesRequest> Asked { get; } = [];

    public static DateTimeOffset NightStart => Now.AddHours(-9);

    public static DateTimeOffset NightEnd => Now.AddHours(-6.5);

    public void Fill(FakeWorld world)
    {
        var row = new StationRow
        {
            Device = Outlet, Producer = "gateway-07", Protocol = "hj212-2017", FirstSeen = Now.AddDays(-300).ToTimestamp(), LastSeen = Now.ToTimestamp(),
            OpenAlerts = 1, WorstOpen = AlertSeverity.Serious, SeriesCount = 4,
        };
        row.Latest.Add(Series(Cod, ReadingKind.Minute, 31.42, "mg/L", "N", 412_380, late: 11));
        row.Latest.Add(Series("w21003", ReadingKind.Minute, 3.87, "mg/L", "N", 412_380));
        row.Latest.Add(Series("w01001", ReadingKind.Minute, 7.2, "", "M", 412_380, odd: 3));
        row.Latest.Add(Series("w00000", ReadingKind.RealTime, 17.5, "L/s", "N", 9_804_112));
        row.Registered = new StationPlace { Place = "溉澜溪排口", UnitId = "river", UnitName = "江北区生态环境局", Model = "岛津 TOC-4200", Admission = AdmissionState.Suspended };
        var detail = new StationDetail { Row = row };
        detail.Happenings.Add(new StationHappening { EntryIndex = 90_211, Kind = "device_exchange", Text = "2051 recall minutes · gap after outage", Outcome = "done", Count = 1, ObservedAt = Now.AddHours(-3).ToTimestamp(), IngestTime = Now.AddHours(-3).ToTimestamp() });
        detail.Happenings.Add(new StationHappening { EntryIndex = 90_102, Kind = "device_event", Event = DeviceEventKind.SampleKept, Text = "VaseNo=1", IngestTime = NightStart.AddMinutes(12).ToTimestamp() });
        detail.Happenings.Add(new StationHappening { EntryIndex = 89_960, Kind = "device_event", Event = DeviceEventKind.BoxDoor, Text = "箱门打开", IngestTime = Now.AddHours(-14).ToTimestamp() });
        All[Outlet] = detail;

        world.AddAlert("cod-night", "化学需氧量连续超标", AlertSeverity.Serious, Now - NightEnd, place: "溉澜溪排口", device: Outlet, rule: "wwtp.cod@7");
        world.Alerts["cod-night"].Reports.Add(Report());
    }

    public SeriesAnswer Answer(GetSeriesRequest request)
    {
        var (from, to) = (request.From.ToDateTimeOffset(), request.To.ToDateTimeOffset());
        var minutes = (to - from).TotalMinutes;
        var answer = new SeriesAnswer { Unit = request.Unit, Store = "sqlite", Source = minutes > request.MaxPoints ? "hour" : "readings" };
        answer.Units.Add(request.Unit);
        var step = Math.Max(1, (int)Math.Ceiling(minutes / request.MaxPoints / 60) * 60);
        if (minutes <= request.MaxPoints)
            step = 1;
        else
            answer.SpanMs = (ulong)step * 60_000;
        var start = DateTimeOffset.FromUnixTimeSeconds(from.ToUnixTimeSeconds() / (60 * step) * 60 * step);
        for (var at = start < from ? start.AddMinutes(step) : start; at < to && at < Now; at = at.AddMinutes(step))
            answer.Points.Add(step == 1 ? One(at) : Span(at, step));
        if (request.Factor == Cod)
        {
            answer.Limits.Add(new LimitLine { Limit = 50, Unit = "mg/L", Comparison = "above", Rule = "wwtp.cod", RuleVersion = "7", Source = "GB 18918-2002 表1 一级A", AlertId = "cod-night" });
            if (NightStart < to && NightEnd > from)
                answer.Episodes.Add(new EpisodeSpan { AlertId = "cod-night", Title = "化学需氧量连续超标", Severity = AlertSeverity.Serious, Start = NightStart.ToTimestamp(), End = NightEnd.ToTimestamp(), Rule = "wwtp.cod", OnThisFactor = true });
        }
        return answer;
    }

    private static double Value(DateTimeOffset at)
    {
        var minute = at.ToUnixTimeSeconds() / 60.0;
        var night = at >= NightStart && at < NightEnd ? 48 * Math.Sin((at - NightStart) / (NightEnd - NightStart) * Math.PI) : 0;
        return Math.Round(30 + (6 * Math.Sin(minute / 230)) + (2.2 * Math.Sin(minute / 7.3)) + (1.1 * Math.Sin(minute * 2.1)) + night, 2);
    }

    private static SeriesPoint One(DateTimeOffset at)
    {
        var maintained = at >= Now.AddMinutes(-1080) && at < Now.AddMinutes(-1038);
        var recalled = at >= Now.AddMinutes(-210) && at < Now.AddMinutes(-198);
        var point = new SeriesPoint
        {
            At = at.ToTimestamp(), Value = maintained ? Value(at) + 60 : Value(at), Counted = maintained ? 0UL : 1, NotCounted = maintained ? 1UL : 0,
            Flags = maintained ? "M" : "N", Late = recalled ? 1UL : 0, Recalled = recalled ? 1UL : 0, EntryIndex = 80_000, AgentTime = at.AddSeconds(61).ToTimestamp(),
            IngestTime = at.AddSeconds(recalled ? 1900 : 62).ToTimestamp(),
        };
        (point.Minimum, point.Maximum) = (point.Value - 1.4, point.Value + 1.9);
        return point;
    }

    private static SeriesPoint Span(DateTimeOffset at, int minutes)
    {
        var all = Enumerable.Range(0, minutes).Select(minute => Value(at.AddMinutes(minute))).ToList();
        return new SeriesPoint { At = at.ToTimestamp(), Value = all.Average(), Minimum = all.Min() - 1.4, Maximum = all.Max() + 1.9, Counted = (ulong)minutes };
    }

    private static SeriesRow Series(string factor, ReadingKind kind, double value, string unit, string flag, ulong readings, ulong late = 0, ulong odd = 0) => new()
    {
        Factor = factor, Kind = kind, Unit = unit, Readings = readings, Late = late, Odd = odd,
        Latest = new StationReading
        {
            Reading = new Reading { Factor = factor, Kind = kind, Unit = unit, Value = value, Quality = flag, ObservedAt = Now.AddMinutes(-1).ToTimestamp() },
            EntryIndex = 91_000, IngestTime = Now.ToTimestamp(),
        },
    };

    private static AlertReport Report()
    {
        var basis = new AlertBasis
        {
            RuleSetSha256 = ByteString.CopyFrom(Convert.FromHexString("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")), RuleSetVersion = "2026.11",
            RuleSource = "GB 18918-2002 表1 一级A；排污许可证 91500000MA5U-001", Limit = 50, LimitUnit = "mg/L", Comparison = "above", ReadingsLeftOut = 118,
            Explanation = "化学需氧量分钟均值自 02:10 起连续 3 个周期高于 50 mg/L：62.4、71.8、77.9（均为标记 N）。",
        };
        for (var i = 0; i < 3; i++)
            basis.Readings.Add(new QuotedReading
            {
                Reading = new Reading { Factor = Cod, Kind = ReadingKind.Minute, Unit = "mg/L", Quality = "N", Value = new[] { 62.4, 71.8, 77.9 }[i], ObservedAt = NightStart.AddMinutes(i).ToTimestamp() },
                Batch = new RecordIdentity { Producer = "gateway-07", Epoch = 2, RecordClass = RecordClass.P2, Sequence = 88_120 + (ulong)i },
                FrameSha256 = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData([(byte)i])),
            });
        return new AlertReport
        {
            EntryIndex = 90_100, IngestTime = NightStart.ToTimestamp(),
            Alert = new FieldAlert { EpisodeId = "cod-night", Rule = "wwtp.cod", RuleVersion = "7", Count = 150, WorstValue = 79.6, Unit = "mg/L", Basis = basis },
        };
    }
}
