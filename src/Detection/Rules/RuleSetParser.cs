using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.Rules;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection;

/// <summary>
/// Reads a rule set and validates it whole: either a rule set, or every error with its line. docs/formats/rule-set.md.
/// </summary>
public static class RuleSetParser
{
    /// <summary>The file goes into one record of the ledger (RuleSetActivated), which is at most 1 MiB.</summary>
    public const int LargestBytes = 900 << 10;

    private const int Format = 1;

    /// <param name="utf8">The file as it is.</param>
    /// <param name="errors">Empty when it may be used; sorted by line.</param>
    public static RuleSet? TryParse(ReadOnlySpan<byte> utf8, out IReadOnlyList<RuleSetError> errors)
    {
        var noted = new List<RuleSetError>();
        var set = Read(utf8, noted);
        errors = [.. noted.Distinct().OrderBy(e => e.Line)];
        return errors.Count == 0 ? set : null;
    }

    private static RuleSet? Read(ReadOnlySpan<byte> utf8, List<RuleSetError> errors)
    {
        if (utf8.Length > LargestBytes)
        {
            errors.Add(new RuleSetError(1, "", FormattableString.Invariant($"the file has {utf8.Length} bytes, at most {LargestBytes} are possible")));
            return null;
        }
        LocatedJson json;
        try
        {
            json = LocatedJson.Read(utf8);
        }
        // The reader answers text that is no UTF-8 in its own way.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            errors.Add(new RuleSetError((int)((e as JsonException)?.LineNumber ?? 0) + 1, "", "is no JSON: " + e.Message));
            return null;
        }
        if (json.Type != JsonTokenType.StartObject)
        {
            errors.Add(new RuleSetError(json.Line, "", "must be an object"));
            return null;
        }
        return Read(new ObjectReader(json, "", errors), Sha256Hash.Of(utf8));
    }

    private static RuleSet Read(ObjectReader root, Sha256Hash sha256)
    {
        root.Count("format", Format, Format);
        var id = root.Text("id", longest: 64);
        var version = root.Text("version", longest: 64);
        var title = root.Text("title", "", longest: 200);
        var stations = Stations(root);
        var maintenance = Maintenance(root, stations);
        var storm = Storm(root);
        var rules = Rules(root, stations);
        root.Finish();
        return new RuleSet
        {
            Id = id,
            Version = version,
            Title = title,
            Sha256 = sha256,
            Stations = stations,
            Maintenance = maintenance,
            Storm = storm,
            Rules = rules,
        };
    }

    private static Dictionary<string, StationEntry> Stations(ObjectReader root)
    {
        var stations = new Dictionary<string, StationEntry>(StringComparer.Ordinal);
        foreach (var json in root.Objects("stations", required: true))
        {
            var mn = json.Text("mn", longest: 64);
            double? latitude = json.Has("latitude") ? json.Number("latitude") : null;
            double? longitude = json.Has("longitude") ? json.Number("longitude") : null;
            if (latitude is < -90 or > 90 || longitude is < -180 or > 180 || latitude is null != longitude is null)
                json.Note("latitude", "latitude and longitude are given together, in degrees on the earth");
            var entry = new StationEntry(
                mn, json.Text("name", mn, longest: 120), json.Text("place", "", longest: 200), latitude, longitude,
                json.Text("gateway", "", longest: 64), json.Text("basin", "", longest: 64));
            if (mn.Length > 0 && !stations.TryAdd(mn, entry))
                json.Note("mn", $"'{mn}' is there twice");
            json.Finish();
        }
        return stations;
    }

    private static List<MaintenanceWindow> Maintenance(ObjectReader root, Dictionary<string, StationEntry> stations)
    {
        var windows = new List<MaintenanceWindow>();
        foreach (var json in root.Objects("maintenance", required: false))
        {
            var window = new MaintenanceWindow(json.Texts("stations"), json.Instant("from"), json.Instant("to"), json.Text("reason"), json.Text("approvedBy", longest: 64));
            foreach (var name in window.Stations.Where(n => !stations.ContainsKey(n)))
                json.Note("stations", $"'{name}' is not one of the stations of this file");
            if (window.To <= window.From)
                json.Note("to", "must be after from");
            json.Finish();
            windows.Add(window);
        }
        return windows;
    }

    private static StormLimits Storm(ObjectReader root)
    {
        var limits = new StormLimits();
        if (root.Object("storm", required: false) is not { } json)
            return limits;
        limits = new StormLimits
        {
            PerDeviceAndKind = json.Count("perDeviceAndKindPerMinute", 1, 1000, limits.PerDeviceAndKind),
            PerGateway = json.Count("perGatewayPerMinute", 1, 100_000, limits.PerGateway),
            DeadGatewayPercent = json.Count("deadGatewayPercent", 1, 100, limits.DeadGatewayPercent),
            Gather = json.Duration("gather", TimeSpan.FromSeconds(1), limits.Gather),
            RainFrom = json.Count("rainFrom", 1, 100_000, limits.RainFrom),
        };
        json.Finish();
        return limits;
    }

    private static List<Rule> Rules(ObjectReader root, Dictionary<string, StationEntry> stations)
    {
        var rules = new List<Rule>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var units = new Dictionary<(string Station, string Factor), (string Unit, string Rule)>();
        foreach (var json in root.Objects("rules", required: true))
        {
            if (RuleReader.Read(json, stations) is not { } rule)
                continue;
            if (rule.Id.Length > 0 && !ids.Add(rule.Id))
                json.Note("id", $"'{rule.Id}' is there twice");
            foreach (var measure in rule.Terms.Measures)
                foreach (var station in rule.Stations)
                    if (!units.TryAdd((station, measure.Factor), (measure.Unit, rule.Id)) && units[(station, measure.Factor)] is var other && other.Unit != measure.Unit)
                        json.Note("unit", $"{measure.Factor} of {station} is '{measure.Unit}' here and '{other.Unit}' in rule '{other.Rule}': one station sends a factor in one unit");
            rules.Add(rule);
        }
        return rules;
    }
}
