using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers.Rules;

namespace EdgeEnforcement.IngestService.Registers.Files;

/// <summary>A line a year, as the yearly notice of the State Council's office gives it: days off and days made up, single or from one to another.</summary>
internal static class CalendarFile
{
    // A year has no more days; a range of a wrong year is a fault and not a list.
    private const int LongestRange = 366;

    public static RegisterFileFormat Format { get; } = new(RegisterKind.Calendar,
        [("id", "年度"), ("holidays", "放假日"), ("make_up_days", "调休上班日"), ("source", "依据")], Build, Write, new Dictionary<string, string>());

    private static void Build(LineCells cells, RegisterChange change)
    {
        change.Calendar = new WorkingCalendar { Source = cells.Text("source") };
        change.Calendar.Holidays.AddRange(Days(cells, "holidays"));
        change.Calendar.MakeUpDays.AddRange(Days(cells, "make_up_days"));
        cells.Faults.AddRange(PlaceRules.Of(change.Id, change.Calendar)); // they ask nothing else: said with what could not be read
    }

    private static IEnumerable<string> Days(LineCells cells, string field)
    {
        foreach (string part in LineCells.Parts(cells.Text(field)))
        {
            string[] ends = [.. part.Split('~', '至').Select(end => LineCells.Day(end.Trim()))];
            if (ends.Length == 1)
                yield return ends[0];
            else if (ends.Length == 2 && CivilDay.TryParse(ends[0], out DateOnly from) && CivilDay.TryParse(ends[1], out DateOnly through)
                && through >= from && through.DayNumber - from.DayNumber < LongestRange)
            {
                for (DateOnly day = from; day <= through; day = day.AddDays(1))
                    yield return CivilDay.ToText(day);
            }
            else
                cells.Faults.Add(new RuleFault(field, $"'{part}' is no day and no range of days (2027-02-05~2027-02-11)"));
        }
    }

    private static IReadOnlyList<string> Write(RegisterChange change) =>
        [change.Id, string.Join('|', change.Calendar.Holidays), string.Join('|', change.Calendar.MakeUpDays), change.Calendar.Source];
}
