using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Clocks;

/// <summary>One case and its clocks, act by act, with the calendar of 2026 (国办发明电〔2025〕7号). Instants are civil times of Shanghai.</summary>
internal sealed class ClockWorld
{
    private readonly RegisterWorld _registers = new();
    private ulong _entry = 100;

    public ClockWorld(params DeadlineRule[] deadlines)
    {
        _registers.Add("2025-11-05 09:00", Calendar2026());
        Rules = new ProcedureRules
        {
            Version = "test", Law = [], Deadlines = deadlines, Profiles = [], ReviewChecklist = [], LeadClosingReasons = [], SuspensionReasons = [],
            Templates = [], Agencies = [],
        };
    }

    public ProcedureRules Rules { get; }

    public ProcedureCase Case { get; } = new() { CaseId = "C-1", Domain = "market", State = ProcedureState.A1Lead };

    public ClockCalendar Calendar => new(_registers.Book, new RegisterAsOf(RegisterWorld.At("2027-12-31 00:00")));

    public ClockState Clock => Case.Clocks.Single(clock => clock.StoppedAt is null);

    public ulong Add(RegisterChange calendar) => _registers.Add("2026-11-20 09:00", calendar);

    public IReadOnlyList<ClockChange> Act(string at, ProcedureActKind kind, Action<ProcedureAct>? fill = null, ProcedureState to = ProcedureState.B1Investigating)
    {
        ProcedureAct act = new() { Kind = kind };
        fill?.Invoke(act);
        IReadOnlyList<ClockChange> changes = ClockPolicy.After(Case, act, to, Instant(at), Rules, Calendar);
        ulong entry = _entry++;
        foreach (ClockChange change in changes)
            ClockFold.Apply(Case, change, entry);
        Case.Acts.Add(new ActMade { Kind = kind, From = Case.State, To = to, EntryIndex = entry, At = Timestamp.FromDateTimeOffset(Instant(at)) });
        Case.State = to;
        return changes;
    }

    public void Open(string received, string at)
    {
        Case.Source = new LeadSource { ReceivedAt = RegisterWorld.Stamp(received) };
        foreach (ClockChange change in ClockPolicy.AtOpening(Case.Domain, Case.Source, Instant(at), Rules, Calendar))
            ClockFold.Apply(Case, change, _entry);
        _entry++;
    }

    /// <summary>What is owed by then, folded as told.</summary>
    public string[] Tell(string now)
    {
        IReadOnlyList<ClockReached> reached = ClockPolicy.Reached(Case, Instant(now));
        foreach (ClockReached one in reached)
            ClockFold.Apply(Case, one);
        return [.. reached.Select(one => $"{one.DeadlineId} {one.Stage} {Text(one.Mark)}")];
    }

    public string? Blocked(string at, ProcedureActKind kind) => ClockPolicy.Blocks(Case, kind, Instant(at), Rules).ToArray() is { Length: > 0 } clocks
        ? string.Join(' ', clocks.Select(clock => clock.DeadlineId)) : null;

    public static DateTimeOffset Instant(string shanghai) => RegisterWorld.Stamp(shanghai).ToDateTimeOffset();

    public static string Text(Timestamp? instant) => instant is null
        ? "" : instant.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public static DeadlineRule Rule(string id, int period, DeadlineUnit unit, ClockEffect effect = ClockEffect.Block) => new()
    {
        Id = id, Zh = id, En = id, Period = period, Unit = unit, Effect = effect, Owner = OfficerRole.Handler, Source = "test",
        StartsWith = [ProcedureActKind.File], StopsWith = [ProcedureActKind.DecidePenalty], HeldActs = [ProcedureActKind.DecidePenalty],
        PausesIn = [], PauseReasons = [], Extensions = [], Articles = [], Domains = ["*"],
    };

    public static RegisterChange Calendar2026() => new()
    {
        Id = "2026",
        Calendar = new WorkingCalendar
        {
            Source = "国办发明电〔2025〕7号",
            Holidays =
            {
                Days("2026-01-01", 3), Days("2026-02-15", 9), Days("2026-04-04", 3), Days("2026-05-01", 5), Days("2026-06-19", 3),
                Days("2026-09-25", 3), Days("2026-10-01", 7),
            },
            MakeUpDays = { "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10" },
        },
    };

    public static RegisterChange Calendar2027(params string[] holidays) => new()
    {
        Id = "2027", Calendar = new WorkingCalendar { Source = "test", Holidays = { holidays } },
    };

    private static IEnumerable<string> Days(string from, int count) =>
        Enumerable.Range(0, count).Select(day => CivilDay.ToText(DateOnly.ParseExact(from, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).AddDays(day)));
}
