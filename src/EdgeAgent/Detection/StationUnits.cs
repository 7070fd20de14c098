using EdgeEnforcement.Detection;
using Microsoft.Extensions.Configuration;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// In which unit each station of this agent sends each factor, as configured for the protocol: a rule in another unit would compare unlike
/// things and is refused. Stations and factors that are not configured are not known here; at runtime another unit is said by an event.
internal static class StationUnits
{
    private const string Stations = "Hj212:Stations";

    public static IReadOnlyList<RuleSetError> Check(RuleSet rules, IConfiguration configuration)
    {
        var units = new Dictionary<(string Mn, string Factor), string>();
        foreach (var station in configuration.GetSection(Stations).GetChildren())
            foreach (var factor in station.GetSection("Factors").GetChildren())
                if (station["Mn"] is { } mn && factor["Code"] is { } code && factor["Unit"] is { Length: > 0 } unit)
                    units[(mn, code)] = unit;
        return
        [
            .. from rule in rules.Rules
               from station in rule.Stations
               from measure in rule.Terms.Measures
               where units.TryGetValue((station, measure.Factor), out var unit) && unit != measure.Unit
               select new RuleSetError(
                   rule.Line, rule.Id, $"{measure.Factor} of {station} is '{measure.Unit}' here and '{units[(station, measure.Factor)]}' in {Stations}"),
        ];
    }
}
