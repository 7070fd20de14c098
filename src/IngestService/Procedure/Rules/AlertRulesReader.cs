using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>The part "alerts" of the rules file.</summary>
internal static class AlertRulesReader
{
    private const int LongestMinutes = 10_080; // a week

    public static AlertRules Read(ObjectReader json)
    {
        Dictionary<AlertSeverity, AcknowledgeTime> times = [];
        foreach (ObjectReader time in json.Objects("acknowledge", required: true))
        {
            AlertSeverity severity = time.Choice("severity", ProtoNames<AlertSeverity>.All);
            if (!times.TryAdd(severity, new AcknowledgeTime(time.Count("minutes", 1, LongestMinutes), time.Count("nightMinutes", 1, LongestMinutes))))
                time.Note("severity", $"'{ProtoNames<AlertSeverity>.Of(severity)}' is there twice");
            time.Text("source", longest: 200);
            time.Finish();
        }

        (TimeOnly from, TimeOnly until) = json.Object("night", required: true) is { } night ? Night(night) : default;
        int percent = json.Object("closedAlertSample", required: true) is { } sample ? Percent(sample) : 0;
        json.Finish();
        return new AlertRules(times, from, until, percent);
    }

    private static (TimeOnly From, TimeOnly Until) Night(ObjectReader json)
    {
        (TimeOnly, TimeOnly) night = (Time(json, "from"), Time(json, "until"));
        json.Text("source", longest: 200);
        json.Finish();
        return night;
    }

    private static int Percent(ObjectReader json)
    {
        int percent = json.Count("percent", 0, 100);
        json.Text("source", longest: 200);
        json.Finish();
        return percent;
    }

    private static TimeOnly Time(ObjectReader json, string name)
    {
        if (!TimeOnly.TryParseExact(json.Text(name, longest: 5), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
            json.Note(name, "must be a time HH:mm");
        return time;
    }
}
