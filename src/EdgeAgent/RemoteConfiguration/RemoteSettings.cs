using System.Text.Json;
using EdgeEnforcement.Detection;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// What a version sets, read out of its JSON: values by key, the lists it replaces as a whole, and a rule set where it has one. Pure.
internal sealed class RemoteSettings
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    private RemoteSettings()
    {
    }

    public IReadOnlyDictionary<string, string?> Values => _values;

    /// The rule set's bytes as they stand in the version: its SHA-256 is that of the rules in force.
    public byte[]? Rules { get; private set; }

    /// A list is not merged with the local one place by place: two halves of two lists of stations are nobody's list.
    public bool Replaces(string localKey) => _lists.Any(list => localKey.StartsWith(list + ":", StringComparison.OrdinalIgnoreCase));

    /// All that is wrong with it. What has a fault is not among the values; with any, nothing may be run with it.
    public IReadOnlyList<string> Faults => _faults;

    /// <param name="content">JSON, strictly: no comments, no name twice.</param>
    public static RemoteSettings Read(ReadOnlyMemory<byte> content)
    {
        var settings = new RemoteSettings();
        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                settings.TakeObject("", document.RootElement);
            else
                settings._faults.Add("the configuration is no JSON object");
        }
        catch (JsonException e)
        {
            settings._faults.Add("the configuration is no JSON: " + e.Message);
        }
        return settings;
    }

    private void TakeObject(string path, JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            var key = path.Length == 0 ? property.Name : path + ":" + property.Name;
            if (property.Name.Length == 0 || property.Name.Contains(':', StringComparison.Ordinal))
                _faults.Add($"{key}: a name is not empty and holds no colon");
            else if (string.Equals(key, SettableKeys.Rules, StringComparison.OrdinalIgnoreCase))
                TakeRules(property.Value);
            else
                Take(key, property.Value);
        }
    }

    private void Take(string key, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                TakeObject(key, value);
                break;

            case JsonValueKind.Array:
                TakeList(key, value);
                break;

            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                // Text as the file's provider has it: a number as it is written.
                TakeValue(key, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
                break;

            case JsonValueKind.Null:
            case JsonValueKind.Undefined:
            default:
                _faults.Add($"{key}: null sets nothing");
                break;
        }
    }

    private void TakeList(string key, JsonElement list)
    {
        if (SettableKeys.WhyNot(key, null) is { } fault)
        {
            _faults.Add(fault);
            return;
        }
        _lists.Add(key);
        foreach (var (place, element) in list.EnumerateArray().Index())
            Take(FormattableString.Invariant($"{key}:{place}"), element);
    }

    private void TakeValue(string key, string value)
    {
        if (SettableKeys.WhyNot(key, value) is { } fault)
            _faults.Add(fault);
        else if (!_values.TryAdd(key, value))
            _faults.Add($"{key}: is set twice");
    }

    private void TakeRules(JsonElement rules)
    {
        if (Rules is not null)
            _faults.Add($"{SettableKeys.Rules}: is set twice");
        Rules = System.Text.Encoding.UTF8.GetBytes(rules.GetRawText());
        if (RuleSetParser.TryParse(Rules, out var errors) is null)
            _faults.AddRange(errors.Select(e => $"{SettableKeys.Rules}: {e}"));
    }
}
