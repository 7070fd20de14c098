using System.Globalization;

namespace EdgeEnforcement.OutletSimulator;

/// <summary>What one station measures and remembers. Pure: every value is a function of the instant.</summary>
internal sealed record Station(int Number, string Mn, string St, IReadOnlyList<Factor> Factors, IReadOnlyList<Incident> Incidents)
{
    // Samples a mean is made of.
    private const int SamplesOfMean = 30;

    public static Station Outlet(int number, IEnumerable<Incident> incidents) =>
        new(number, $"500112A8900016F0{number:D8}", "32", Factor.OfOutlet, [.. incidents.Where(i => i.Station == number)]);

    public static Station Air(int number, IEnumerable<Incident> incidents) =>
        new(number, $"500112A8900022F0{number:D8}", "22", Factor.OfAir, [.. incidents.Where(i => i.Station == number)]);

    public bool IsCut(DateTimeOffset at) => Incidents.Any(i => i.CutsLink(at));

    public string RealTimeArea(DateTimeOffset at) =>
        $"DataTime={Frame.Time(at)};" + string.Join(';', Factors.Select(f =>
            $"{f.Code}-Rtd={Value(f, at).ToString(f.Format, CultureInfo.InvariantCulture)},{f.Code}-Flag={FlagOf(f, at)}"));

    /// <summary>Minimum, mean and maximum over a period. DataTime is its beginning.</summary>
    public string PeriodArea(DateTimeOffset begin, TimeSpan length) =>
        $"DataTime={Frame.Time(begin)};" + string.Join(';', Factors.Select(f => PeriodOf(f, begin, length)));

    private string PeriodOf(Factor factor, DateTimeOffset begin, TimeSpan length)
    {
        var at = Enumerable.Range(0, SamplesOfMean).Select(i => begin + (length * (i + 0.5) / SamplesOfMean)).ToList();
        var values = at.ConvertAll(t => Value(factor, t));
        // Waste water: one value that is not normal makes the period so.
        var flag = at.Select(t => FlagOf(factor, t)).FirstOrDefault(f => f != "N") ?? "N";
        string Text(double value) => value.ToString(factor.Format, CultureInfo.InvariantCulture);
        return $"{factor.Code}-Min={Text(values.Min())},{factor.Code}-Avg={Text(values.Average())},{factor.Code}-Max={Text(values.Max())},{factor.Code}-Flag={flag}";
    }

    private double Value(Factor factor, DateTimeOffset at) =>
        factor.At(Number, at) * (factor.IsPollution ? Incidents.Aggregate(1.0, (product, incident) => product * incident.FactorAt(at)) : 1);

    private string FlagOf(Factor factor, DateTimeOffset at) =>
        factor.IsPollution ? Incidents.Select(i => i.FlagAt(at)).FirstOrDefault(f => f != "N") ?? "N" : "N";
}
