using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Procedure.Clocks;

/// <summary>
/// When a period ends, and its marks. Pure.
/// </summary>
/// <remarks>
/// Days are civil days of Asia/Shanghai (UTC+8 without exception). The day a period starts on is not counted, nor the one it goes on again on after a
/// pause; it ends at 24:00 of its last day, so <c>due</c> is the first instant after it. Working days: APL 85, with make-up days. A period in calendar
/// days, months or years whose last day is no working day ends with the next one, where the rule rolls. Months and years are civil: 31 January and one
/// month is the end of February. Hours are exact. A year without calendar: weekends only, no roll, and the answer is provisional.
/// Marks: half and four fifths of a period in days fall on whole days, rounded down (of 5 days: 2 and 4); the last on 00:00 of the last working day.
/// A mark that would not lie between start and due is left out. A waiting period (OPENS) warns of nothing and has none.
/// </remarks>
internal static class DuePolicy
{
    private const long MicrosPerHour = 3_600_000_000;

    /// <summary>Due instant of a period that begins at <paramref name="start"/>, for guards that compare and start no clock.</summary>
    public static (DateTimeOffset Due, bool Provisional) Due(DeadlineRule rule, DateTimeOffset start, ClockCalendar calendar)
    {
        ClockState clock = new() { StartedAt = Timestamp.FromDateTimeOffset(start) };
        Set(clock, rule, calendar);
        return (clock.DueAt.ToDateTimeOffset(), clock.Provisional);
    }

    /// <summary>Fills in due, marks, provisional and calendar entries from start, extension and pauses. Where the act named the due instant, that stays.</summary>
    public static void Set(ClockState clock, DeadlineRule rule, ClockCalendar calendar)
    {
        CalendarReading reading = new(calendar);
        long start = Micros.Of(clock.StartedAt) ?? 0;
        Period period = new(rule, clock, CivilDay.Of(start), reading);
        long due = rule.DueFromAct ? Micros.Of(clock.DueAt) ?? start
            : rule.Unit == DeadlineUnit.Hours ? start + rule.Period * MicrosPerHour + clock.Extension * MicrosPerHour + Paused(clock)
            : EndOf(period.LastDay());
        clock.DueAt = Micros.ToTimestamp(due);
        clock.Provisional = reading.IsProvisional;
        SetMarks(clock, rule, period, start, due);
        clock.CalendarEntries.Clear();
        clock.CalendarEntries.AddRange(reading.Entries);
    }

    public static Timestamp? MarkOf(ClockState clock, ClockStage stage) => stage switch
    {
        ClockStage.Half => clock.HalfAt,
        ClockStage.Eighty => clock.EightyAt,
        ClockStage.LastDay => clock.LastDayAt,
        ClockStage.Expired => clock.DueAt,
        _ => null,
    };

    private static void SetMarks(ClockState clock, DeadlineRule rule, Period period, long start, long due)
    {
        bool linear = rule.DueFromAct || rule.Unit == DeadlineUnit.Hours;
        if (rule.Effect == ClockEffect.Opens)
        {
            (clock.HalfAt, clock.EightyAt, clock.LastDayAt) = (null, null, null);
            return;
        }

        clock.HalfAt = Between(start, due, linear ? start + (due - start) / 2 : period.EndOfPart(1, 2));
        clock.EightyAt = Between(start, due, linear ? start + (due - start) / 5 * 4 : period.EndOfPart(4, 5));
        clock.LastDayAt = rule.Unit == DeadlineUnit.Hours ? null : Between(start, due, CivilDay.StartOf(period.LastWorkingDay(due)));
    }

    private static Timestamp? Between(long start, long due, long mark) => mark > start && mark < due ? Micros.ToTimestamp(mark) : null;

    private static long EndOf(DateOnly day) => CivilDay.StartOf(day.AddDays(1));

    private static long Paused(ClockState clock) => clock.Pauses.Sum(pause => (Micros.Of(pause.Until) ?? 0) - (Micros.Of(pause.From) ?? 0));

    /// A period in days that starts on one day, with the days that do not count.
    private sealed class Period(DeadlineRule rule, ClockState clock, DateOnly start, CalendarReading reading)
    {
        private readonly int _units = rule.Period + (int)clock.Extension;

        private readonly (DateOnly After, DateOnly Through)[] _pauses =
            [.. clock.Pauses.Select(pause => (CivilDay.Of(Micros.Of(pause.From) ?? 0), CivilDay.Of(Micros.Of(pause.Until) ?? 0)))];

        public DateOnly LastDay()
        {
            DateOnly last = Counted(_units);
            return rule.Rolls && rule.Unit is not DeadlineUnit.WorkingDays ? reading.AtOrAfter(last) : last;
        }

        /// When so much of the period is gone; no whole day of it: its start. Marks ask for no calendar that the end did not ask for.
        public long EndOfPart(int part, int of)
        {
            if (rule.Unit is not (DeadlineUnit.WorkingDays or DeadlineUnit.CalendarDays))
                return EndOf(start.AddDays((Counted(_units).DayNumber - start.DayNumber) * part / of));
            int units = _units * part / of;
            return units > 0 ? EndOf(Counted(units)) : CivilDay.StartOf(start);
        }

        public DateOnly LastWorkingDay(long due) => reading.AtOrBefore(CivilDay.Of(due - 1));

        private DateOnly Counted(int units) => rule.Unit switch
        {
            DeadlineUnit.WorkingDays => WorkingDays(units),
            DeadlineUnit.Months => Shifted(start.AddMonths(units)),
            DeadlineUnit.Years => Shifted(start.AddYears(units)),
            _ => Shifted(start.AddDays(units)),
        };

        private DateOnly WorkingDays(int units)
        {
            DateOnly day = start;
            while (units > 0)
            {
                day = day.AddDays(1);
                if (reading.IsWorkingDay(day) && !Array.Exists(_pauses, pause => day > pause.After && day <= pause.Through))
                    units--;
            }

            return day;
        }

        private DateOnly Shifted(DateOnly day)
        {
            foreach ((DateOnly after, DateOnly through) in _pauses)
                day = day > after ? day.AddDays(through.DayNumber - after.DayNumber) : day;
            return day;
        }
    }
}
