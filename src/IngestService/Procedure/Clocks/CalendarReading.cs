namespace EdgeEnforcement.IngestService.Procedure.Clocks;

/// <summary>One computation's look into the calendars: it remembers of which years it asked.</summary>
internal sealed class CalendarReading(ClockCalendar calendar)
{
    private readonly List<int> _years = [];

    /// <summary>A year without calendar was asked for.</summary>
    public bool IsProvisional => _years.Exists(year => !calendar.IsKnown(year));

    /// <summary>Entries of the calendars that were asked, in the order of their years.</summary>
    public IEnumerable<ulong> Entries => _years.Order().Select(calendar.EntryOf).OfType<ulong>();

    public bool IsKnown(DateOnly day)
    {
        Note(day.Year);
        return calendar.IsKnown(day.Year);
    }

    public bool IsWorkingDay(DateOnly day)
    {
        Note(day.Year);
        return calendar.IsWorkingDay(day);
    }

    /// <summary>The day, or the nearest working day before it.</summary>
    public DateOnly AtOrBefore(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(-1);
        return day;
    }

    /// <summary>The day, or the next working day; a year whose calendar is missing gives no extension.</summary>
    public DateOnly AtOrAfter(DateOnly day)
    {
        while (IsKnown(day) && !IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    private void Note(int year)
    {
        if (!_years.Contains(year))
            _years.Add(year);
    }
}
