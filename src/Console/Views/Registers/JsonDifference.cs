using System.Globalization;
using System.Text.Json;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>One setting that is not the same in two configurations; empty text: it is not there.</summary>
public sealed record JsonDifference(string Path, string Before, string After)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Why a text is no configuration; null when it is JSON as stations read it: an object, no name twice.</summary>
    public static string? WhyNot(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : "{ … }";
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Setting by setting, in the order of their paths. Both are JSON.</summary>
    public static IReadOnlyList<JsonDifference> Between(string before, string after)
    {
        var (old, now) = (Flatten(before), Flatten(after));
        return
        [
            .. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
                .Select(path => new JsonDifference(path, old.GetValueOrDefault(path, ""), now.GetValueOrDefault(path, "")))
                .Where(difference => difference.Before != difference.After),
        ];
    }

    private static Dictionary<string, string> Flatten(string json)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json, Strict);
        Take("", document.RootElement);
        return values;

        void Take(string path, JsonElement element)
        {
            IReadOnlyList<(string Path, JsonElement Value)> inner = element.ValueKind switch
            {
                JsonValueKind.Object => [.. element.EnumerateObject().Select(property => (path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value))],
                JsonValueKind.Array => [.. element.EnumerateArray().Select((value, place) => (string.Create(CultureInfo.InvariantCulture, $"{path}[{place}]"), value))],
                _ => [],
            };
            if (inner.Count == 0 && path.Length > 0)
                values[path] = element.GetRawText();
            foreach (var (at, value) in inner)
                Take(at, value);
        }
    }
}
