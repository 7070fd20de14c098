using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Clocks;

public sealed class DuePolicyTests
{
    [Theory]
    // Spring Festival 2026: 14 February (Saturday) is worked, 15 to 23 are off, 28 (Saturday) is worked.
    [InlineData(5, "WorkingDays", "2026-02-12 10:00", "2026-02-27 00:00")]
    [InlineData(5, "WorkingDays", "2026-02-12 23:59:59", "2026-02-27 00:00")]
    [InlineData(5, "WorkingDays", "2026-02-13 00:00", "2026-02-28 00:00")]
    [InlineData(1, "WorkingDays", "2026-02-13 10:00", "2026-02-15 00:00")]
    [InlineData(1, "WorkingDays", "2026-02-14 10:00", "2026-02-25 00:00")]
    [InlineData(7, "WorkingDays", "2026-02-20 10:00", "2026-03-04 00:00")]
    // National Day 2026: 20 September (Sunday) is worked, 25 to 27 and 1 to 7 October are off, 10 October (Saturday) is worked.
    [InlineData(7, "WorkingDays", "2026-09-18 10:00", "2026-09-30 00:00")]
    [InlineData(7, "WorkingDays", "2026-09-30 10:00", "2026-10-16 00:00")]
    [InlineData(2, "WorkingDays", "2026-10-08 10:00", "2026-10-11 00:00")]
    // A period in calendar days that ends on a holiday ends with the next working day; a make-up Saturday is one.
    [InlineData(15, "CalendarDays", "2026-09-20 10:00", "2026-10-09 00:00")]
    [InlineData(15, "CalendarDays", "2026-01-30 10:00", "2026-02-15 00:00")]
    [InlineData(15, "CalendarDays", "2026-02-02 10:00", "2026-02-25 00:00")]
    [InlineData(90, "CalendarDays", "2026-07-08 10:00", "2026-10-09 00:00")]
    [InlineData(90, "CalendarDays", "2026-03-02 10:00", "2026-06-02 00:00")]
    // Civil months and years.
    [InlineData(1, "Months", "2026-01-31 10:00", "2026-03-01 00:00")]
    [InlineData(3, "Months", "2026-07-05 10:00", "2026-10-09 00:00")]
    [InlineData(2, "Years", "2024-02-29 10:00", "2026-03-01 00:00")]
    // Hours are exact, over a weekend, too.
    [InlineData(24, "Hours", "2026-10-03 10:15", "2026-10-04 10:15")]
    public void Of_APeriod_EndsAtMidnightAfterItsLastDay(int period, string unit, string start, string due)
    {
        (DateTimeOffset found, bool provisional) = DuePolicy.Due(
            ClockWorld.Rule("D", period, Enum.Parse<DeadlineUnit>(unit)), ClockWorld.Instant(start), new ClockWorld().Calendar);

        Assert.Equal(ClockWorld.Instant(due), found);
        Assert.False(provisional);
    }

    [Fact]
    public void A_limitation_does_not_roll_over_a_holiday()
    {
        DeadlineRule limitation = ClockWorld.Rule("D-02", 2, DeadlineUnit.Years) with { Rolls = false };

        (DateTimeOffset due, bool provisional) = DuePolicy.Due(limitation, ClockWorld.Instant("2024-10-03 10:00"), new ClockWorld().Calendar);

        Assert.Equal((ClockWorld.Instant("2026-10-04 00:00"), false), (due, provisional));
    }

    [Theory]
    [InlineData(5, "WorkingDays", "2026-12-29 10:00", "2027-01-06 00:00", "2027-01-07 00:00")] // New Year's Day counts until the notice comes
    [InlineData(15, "CalendarDays", "2026-12-19 10:00", "2027-01-04 00:00", "2027-01-05 00:00")] // no roll from a Sunday until the notice comes
    public void A_year_without_calendar_gives_no_extension_and_a_provisional_answer(int period, string unit, string start, string before, string after)
    {
        ClockWorld world = new();
        DeadlineRule rule = ClockWorld.Rule("D", period, Enum.Parse<DeadlineUnit>(unit));

        Assert.Equal((ClockWorld.Instant(before), true), DuePolicy.Due(rule, ClockWorld.Instant(start), world.Calendar));
        world.Add(ClockWorld.Calendar2027("2027-01-01", "2027-01-02", "2027-01-03"));
        Assert.Equal((ClockWorld.Instant(after), false), DuePolicy.Due(rule, ClockWorld.Instant(start), world.Calendar));
    }

    [Fact]
    public void A_period_that_ends_on_the_last_day_of_a_known_year_is_not_provisional()
    {
        (DateTimeOffset due, bool provisional) = DuePolicy.Due(
            ClockWorld.Rule("D", 2, DeadlineUnit.WorkingDays), ClockWorld.Instant("2026-12-29 10:00"), new ClockWorld().Calendar);

        Assert.Equal((ClockWorld.Instant("2027-01-01 00:00"), false), (due, provisional));
    }

    [Theory]
    [InlineData(5, "WorkingDays", "2026-02-12 10:00", "2026-02-15 00:00", "2026-02-26 00:00", "2026-02-26 00:00")]
    [InlineData(90, "CalendarDays", "2026-03-02 10:00", "2026-04-17 00:00", "2026-05-14 00:00", "2026-06-01 00:00")]
    [InlineData(1, "WorkingDays", "2026-03-02 10:00", "", "", "2026-03-03 00:00")]
    [InlineData(24, "Hours", "2026-03-02 10:00", "2026-03-02 22:00", "2026-03-03 05:12", "")]
    public void Marks_lie_between_start_and_due(int period, string unit, string start, string half, string eighty, string lastDay)
    {
        ClockState clock = new() { StartedAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(ClockWorld.Instant(start)) };

        DuePolicy.Set(clock, ClockWorld.Rule("D", period, Enum.Parse<DeadlineUnit>(unit)), new ClockWorld().Calendar);

        Assert.Equal((half, eighty, lastDay), (ClockWorld.Text(clock.HalfAt), ClockWorld.Text(clock.EightyAt), ClockWorld.Text(clock.LastDayAt)));
    }
}
