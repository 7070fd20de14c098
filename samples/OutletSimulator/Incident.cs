using System.Globalization;

namespace EdgeEnforcement.OutletSimulator;

/// <summary>One incident at one station. Speed makes it shorter; clocks and periods stay what they are.</summary>
internal sealed record Incident(IncidentKind Kind, int Station, DateTimeOffset Start, double Speed)
{
    private const int LatestSeconds = 366 * 86_400;

    public DateTimeOffset End => Start + (Length / Speed);

    public bool CutsLink(DateTimeOffset at) => Kind == IncidentKind.CablePulled && at >= Start && at < End;

    public string FlagAt(DateTimeOffset at) => Kind == IncidentKind.Maintenance && at >= Start && at < End ? "M" : "N";

    /// <summary>What pollution is multiplied by at an instant; 1 outside the incident.</summary>
    public double FactorAt(DateTimeOffset at)
    {
        if (at < Start || at >= End)
            return 1;
        var minute = (at - Start).TotalMinutes * Speed;
        return Kind switch
        {
            // Up within five minutes, down within the last ten.
            IncidentKind.NightDischarge => 1 + (5 * Math.Min(1, Math.Min(minute / 5, (40 - minute) / 10))),
            IncidentKind.Maintenance => 10,
            _ => minute is >= 2 and < 8 ? 12 : 1,
        };
    }

    /// <summary>"night-discharge@1+30": at the first outlet, thirty seconds from now.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    public static Incident Parse(string text, DateTimeOffset now, double speed)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        if (at < 0 || plus < at)
            throw new FormatException($"'{text}' is not of the form KIND@STATION+SECONDS.");
        var kind = text[..at] switch
        {
            "night-discharge" => IncidentKind.NightDischarge,
            "maintenance" => IncidentKind.Maintenance,
            "cable-pulled" => IncidentKind.CablePulled,
            var other => throw new FormatException($"'{other}' is no incident: night-discharge, maintenance, cable-pulled."),
        };
        if (!int.TryParse(text.AsSpan(at + 1, plus - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var station) || station == 0)
            throw new FormatException($"'{text[(at + 1)..plus]}' is no station: 1, 2 ...");
        if (!double.TryParse(text.AsSpan(plus + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds > LatestSeconds)
            throw new FormatException($"'{text[(plus + 1)..]}' is no number of seconds from 0 to {LatestSeconds}.");
        return new Incident(kind, station, now.AddSeconds(seconds), speed);
    }

    private TimeSpan Length => TimeSpan.FromMinutes(Kind switch { IncidentKind.NightDischarge => 40, IncidentKind.Maintenance => 20, _ => 11 });
}
