using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Readings;

/// A data message to readings: one for each factor, with what its suffixes say (clause 6.6, table 10).
internal static class ReadingMapper
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// The kind of readings a command carries; Unspecified: none.
    public static ReadingKind KindOf(int cn) => cn switch
    {
        Cn.RealTime => ReadingKind.RealTime,
        Cn.Minute => ReadingKind.Minute,
        Cn.Hour => ReadingKind.Hour,
        Cn.Day => ReadingKind.Day,
        _ => ReadingKind.Unspecified,
    };

    public static TimeSpan PeriodOf(ReadingKind kind, StationOptions? station) => kind switch
    {
        ReadingKind.Minute => TimeSpan.FromMinutes((station ?? Unlisted).MinuteInterval),
        ReadingKind.Hour => TimeSpan.FromHours(1),
        ReadingKind.Day => TimeSpan.FromDays(1),
        _ => TimeSpan.Zero,
    };

    /// Adds the message's readings. Without a DataTime there are none: the time of receipt is not put in its place.
    /// <param name="isRecalled">It answers a recall of ours.</param>
    /// <param name="warnings">Of the frame; what cannot be read as a number, or is not known, is named here.</param>
    public static void Add(Hj212Message message, StationOptions? station, bool isRecalled, IList<Reading> readings, ICollection<string> warnings)
    {
        var kind = KindOf(message.Cn);
        if (kind == ReadingKind.Unspecified || message.IsEncrypted)
            return;
        if (Hj212Time.Parse(message.DataTime) is not { } start)
        {
            Warn(warnings, Erratum.NoDataTime);
            return;
        }
        var from = readings.Count;
        foreach (var field in message.Fields)
        {
            var dash = field.Name.LastIndexOf('-');
            if (dash > 0)
            {
                var suffix = field.Name[(dash + 1)..];
                var part = suffix is "DayData" or "NightData" ? field.Name[dash..] : "";
                Set(Find(field.Name[..dash], part, message.St, station, readings, from, warnings), suffix, field.Value, warnings);
            }
            else if (field.Name is not "DataTime")
                Warn(warnings, Erratum.UnknownField);
        }
        for (var i = from; i < readings.Count; i++)
        {
            readings[i].Kind = isRecalled ? ReadingKind.Recalled : kind;
            readings[i].RecalledKind = isRecalled ? kind : ReadingKind.Unspecified;
            readings[i].ObservedAt = Timestamp.FromDateTimeOffset(start);
            readings[i].PeriodEnd = Timestamp.FromDateTimeOffset(start + PeriodOf(kind, station));
            readings[i].Ordinal = (uint)i;
        }
    }

    private static StationOptions Unlisted { get; } = new();

    /// <param name="part">"-DayData" or "-NightData": of noise, a statistic of the day's or the night's hours is a series of its own.</param>
    private static Reading Find(
        string code, string part, string st, StationOptions? station, IList<Reading> readings, int from, ICollection<string> warnings)
    {
        var factor = FactorTable.Find(code, st, out var isLetterMissing);
        if (isLetterMissing)
            Warn(warnings, Erratum.MissingLetter);
        factor = factor with { Code = factor.Code + part };
        for (var i = from; i < readings.Count; i++)
            if (readings[i].Factor == factor.Code)
                return readings[i];
        var reading = new Reading { Factor = factor.Code, Unit = UnitOf(code, factor, station) };
        readings.Add(reading);
        return reading;
    }

    private static string UnitOf(string sent, Factor factor, StationOptions? station)
    {
        if (station is not null)
            foreach (var option in station.Factors)
                if (option.Unit.Length > 0 && (option.Code == factor.Code || option.Code == sent))
                    return option.Unit;
        return factor.Unit;
    }

    private static void Set(Reading reading, string suffix, string text, ICollection<string> warnings)
    {
        switch (suffix)
        {
            case "Flag":
                reading.Quality = Hj212Text.Of(text);
                return;
            case "EFlag":
                reading.InstrumentFlag = Hj212Text.Of(text);
                return;
            case "SampleTime" when Hj212Time.Parse(text) is { } sampled:
                reading.SampleTime = Timestamp.FromDateTimeOffset(sampled);
                return;
        }
        if (!double.TryParse(text, Number, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            Warn(warnings, suffix is "SampleTime" || IsValue(suffix) ? Erratum.NotANumber : Erratum.UnknownField);
        else if (!SetValue(reading, suffix, value))
            Warn(warnings, Erratum.UnknownField);
    }

    private static bool IsValue(string suffix) => SetValue(new Reading(), suffix, 0);

    private static bool SetValue(Reading reading, string suffix, double value)
    {
        switch (suffix)
        {
            case "Rtd" or "Avg" or "Data" or "DayData" or "NightData":
                reading.Value = value;
                return true;
            case "Min":
                reading.Minimum = value;
                return true;
            case "Max":
                reading.Maximum = value;
                return true;
            case "Cou":
                reading.Total = value;
                return true;
            case "ZsRtd" or "ZsAvg":
                reading.Converted = value;
                return true;
            case "ZsMin":
                reading.ConvertedMinimum = value;
                return true;
            case "ZsMax":
                reading.ConvertedMaximum = value;
                return true;
            default:
                return false;
        }
    }

    private static void Warn(ICollection<string> warnings, string name)
    {
        if (!warnings.Contains(name))
            warnings.Add(name);
    }
}
