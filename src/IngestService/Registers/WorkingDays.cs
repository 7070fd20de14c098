using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// Working days (APL 85): Monday to Friday but holidays, and the weekends made up for them. A year whose notice has not come is counted by
/// weekends alone and makes the answer provisional.
/// </summary>
internal sealed class WorkingDays(RegisterBook book, RegisterAsOf asOf)
{
    private readonly Dictionary<int, WorkingCalendar?> _years = [];

    /// <summary>Set once a day of a year without calendar was looked at.</summary>
    public bool IsProvisional { get; private set; }

    public bool IsWorkingDay(DateOnly day)
    {
        string text = CivilDay.ToText(day);
        WorkingCalendar? calendar = Of(day.Year);
        IsProvisional |= calendar is null;
        return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            ? calendar?.MakeUpDays.Contains(text) == true
            : calendar?.Holidays.Contains(text) != true;
    }

    /// <summary>The last of so many working days; the day itself does not count.</summary>
    public DateOnly After(DateOnly day, int workingDays)
    {
        for (int left = workingDays; left > 0 && day < DateOnly.MaxValue;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
                left--;
        }

        return day;
    }

    private WorkingCalendar? Of(int year)
    {
        if (!_years.TryGetValue(year, out WorkingCalendar? calendar))
        {
            calendar = book.InForce(RegisterKind.Calendar, year.ToString(CultureInfo.InvariantCulture), asOf)?.Change.Calendar;
            _years.Add(year, calendar);
        }

        return calendar;
    }
}
