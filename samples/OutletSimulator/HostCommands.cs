using System.Globalization;

namespace EdgeEnforcement.OutletSimulator;

/// <summary>What the logger does when the host asks: 9011, what was asked for, 9012.</summary>
internal sealed class HostCommands(Station station, LoggerState state, TimeProvider time)
{
    // Rows of one recall: the standard's answer to a range without end is up to the maker.
    private const int MostRows = 500;

    private const string Done = "ExeRtn=1";
    private const string NoData = "ExeRtn=100";

    public IEnumerable<(int Cn, string Area)> Answer(Frame asked)
    {
        if (asked.Pw != state.Password)
            return [(9011, "QnRtn=3")];
        var data = Execute(asked);
        return data is null ? [(9011, "QnRtn=8")] : [(9011, "QnRtn=1"), .. data];
    }

    /// <summary>Null: this logger does not know the command.</summary>
    private IEnumerable<(int Cn, string Area)>? Execute(Frame asked)
    {
        switch (asked.Cn)
        {
            case 1000:
                return [(9012, Done)];
            case 1011:
                return [(1011, "SystemTime=" + Frame.Time(time.GetUtcNow() + state.ClockOffset)), (9012, Done)];
            case 1012 when Frame.ParseTime(asked.Find("SystemTime")) is { } set:
                state.ClockOffset = set - time.GetUtcNow() is var offset && offset.Duration() < TimeSpan.FromSeconds(2) ? TimeSpan.Zero : offset;
                return [(9012, Done)];
            case 1062 when Seconds(asked, "RtdInterval") is { } seconds:
                state.RealTime = TimeSpan.FromSeconds(seconds);
                return [(9012, Done)];
            case 1064 when Seconds(asked, "MinInterval") is { } minutes:
                state.Minute = TimeSpan.FromMinutes(minutes);
                return [(9012, Done)];
            case 1072 when asked.Find("NewPW") is { Length: > 0 } password:
                state.Password = password;
                return [(9012, Done)];
            case 2031:
                return Recall(asked, TimeSpan.FromDays(1));
            case 2051:
                return Recall(asked, state.Minute);
            case 2061:
                return Recall(asked, TimeSpan.FromHours(1));
            case 3015:
                return [(3015, $"DataTime={Frame.Time(time.GetUtcNow() + state.ClockOffset)};VaseNo={++state.Bottles}"), (9012, Done)];
            case 3019:
                return [(3019, $"{station.Factors[0].Code}-SN=SIM{station.Number:D4}"), (9012, Done)];
            default:
                return null;
        }
    }

    private IEnumerable<(int Cn, string Area)>? Recall(Frame asked, TimeSpan length)
    {
        if (Frame.ParseTime(asked.Find("BeginTime")) is not { } begin || Frame.ParseTime(asked.Find("EndTime")) is not { } end)
            return null;
        var rows = new List<(int Cn, string Area)>();
        var now = time.GetUtcNow() + state.ClockOffset;
        for (var at = begin; at <= end && at + length <= now && rows.Count < MostRows; at += length)
            rows.Add((asked.Cn, station.PeriodArea(at, length)));
        return [.. rows, (9012, rows.Count > 0 ? Done : NoData)];
    }

    private static int? Seconds(Frame asked, string name) =>
        int.TryParse(asked.Find(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
