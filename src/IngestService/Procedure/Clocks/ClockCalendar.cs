using System.Globalization;
using System.Runtime.CompilerServices;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Clocks;

/// <summary>
/// The register's yearly calendars as of one state of it, each read once. A year without calendar knows weekends only. Not thread-safe.
/// </summary>
internal sealed class ClockCalendar(RegisterBook book, RegisterAsOf asOf)
{
    // A version's calendar never changes; it is read once for as long as its version is held.
    private static readonly ConditionalWeakTable<WorkingCalendar, Dictionary<DateOnly, bool>> Read = [];

    private readonly Dictionary<int, Year> _years = [];

    public bool IsKnown(int year) => Of(year).Entry is not null;

    /// <summary>Of the version the year is read from; null: there is none.</summary>
    public ulong? EntryOf(int year) => Of(year).Entry;

    /// <summary>Monday to Friday but holidays, and the weekends made up for them (APL 85).</summary>
    public bool IsWorkingDay(DateOnly day)
    {
        Year year = Of(day.Year);
        return year.Exceptions.TryGetValue(day, out bool isWorked) ? isWorked : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    private Year Of(int number)
    {
        if (_years.TryGetValue(number, out Year? year))
            return year;
        RegisterVersion? version = book.InForce(RegisterKind.Calendar, number.ToString(CultureInfo.InvariantCulture), asOf);
        return _years[number] = new Year(version?.Entry, version is null ? [] : Read.GetValue(version.Change.Calendar, ExceptionsOf));
    }

    private static Dictionary<DateOnly, bool> ExceptionsOf(WorkingCalendar calendar)
    {
        Dictionary<DateOnly, bool> exceptions = [];
        foreach (string text in calendar.Holidays)
        {
            if (CivilDay.TryParse(text, out DateOnly day))
                exceptions[day] = false;
        }

        foreach (string text in calendar.MakeUpDays)
        {
            if (CivilDay.TryParse(text, out DateOnly day))
                exceptions[day] = true;
        }

        return exceptions;
    }

    /// <param name="Entry">Of the version; null: no calendar.</param>
    /// <param name="Exceptions">Days that are not what their weekday says: worked or not.</param>
    private sealed record Year(ulong? Entry, Dictionary<DateOnly, bool> Exceptions);
}
