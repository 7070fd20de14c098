using System.Globalization;
using System.Text.Json;

namespace EdgeEnforcement.Detection.Rules;

/// <summary>
/// Reads the members of one JSON object and notes everything that is wrong with them. A getter that fails notes why and returns a
/// stand-in: what is returned counts only when nothing was noted. Finish notes members nobody asked for.
/// </summary>
public sealed class ObjectReader(LocatedJson json, string path, List<RuleSetError> errors)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public LocatedJson Json => json;

    public string Path => path;

    public bool Has(string name)
    {
        _asked.Add(name);
        return Find(name) is not null;
    }

    public void Note(string name, string reason) => errors.Add(new RuleSetError(Find(name)?.Line ?? json.Line, Join(name), reason));

    public void Note(string reason) => errors.Add(new RuleSetError(json.Line, path, reason));

    /// <param name="otherwise">Where it is missing; null: it must be there.</param>
    public string Text(string name, string? otherwise = null, int longest = 400)
    {
        if (Take(name, otherwise is null) is not { } value)
            return otherwise ?? "";
        if (value.Type != JsonTokenType.String)
            Note(name, "must be a text");
        else if (value.Text.Length > longest || value.Text.Contains('\n', StringComparison.Ordinal) || (otherwise is null && value.Text.Trim().Length == 0))
            Note(name, FormattableString.Invariant($"must be one line of 1 to {longest} characters"));
        else
            return value.Text;
        return "";
    }

    /// <summary>A text of many lines.</summary>
    public string LongText(string name, int longest)
    {
        if (Take(name, required: true) is not { } value)
            return "";
        if (value.Type == JsonTokenType.String && value.Text.Trim().Length > 0 && value.Text.Length <= longest)
            return value.Text;
        Note(name, FormattableString.Invariant($"must be a text of 1 to {longest} characters"));
        return "";
    }

    public bool Flag(string name, bool otherwise)
    {
        if (Take(name, required: false) is not { } value)
            return otherwise;
        if (value.Type is JsonTokenType.True or JsonTokenType.False)
            return value.Type == JsonTokenType.True;
        Note(name, "must be true or false");
        return otherwise;
    }

    public double Number(string name, double? otherwise = null)
    {
        if (Take(name, otherwise is null) is not { } value)
            return otherwise ?? 0;
        if (value.Type == JsonTokenType.Number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return number;
        Note(name, "must be a number");
        return otherwise ?? 0;
    }

    public int Count(string name, int lowest, int highest, int? otherwise = null)
    {
        if (Take(name, otherwise is null) is not { } value)
            return otherwise ?? lowest;
        if (value.Type == JsonTokenType.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count >= lowest && count <= highest)
            return count;
        Note(name, FormattableString.Invariant($"must be a whole number from {lowest} to {highest}"));
        return lowest;
    }

    /// A duration "[d.]hh:mm:ss", from lowest to 366 days.
    public TimeSpan Duration(string name, TimeSpan lowest, TimeSpan? otherwise = null)
    {
        if (Take(name, otherwise is null) is not { } value)
            return otherwise ?? lowest;
        if (value.Type == JsonTokenType.String && TimeSpan.TryParseExact(value.Text, ["c", @"d\.hh\:mm\:ss"], CultureInfo.InvariantCulture, out var span)
            && span >= lowest && span <= TimeSpan.FromDays(366))
            return span;
        Note(name, FormattableString.Invariant($"must be a duration [d.]hh:mm:ss of at least {lowest}"));
        return lowest;
    }

    public DateOnly? Date(string name, bool required)
    {
        if (Take(name, required) is not { } value)
            return null;
        if (value.Type == JsonTokenType.String && DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Note(name, "must be a date yyyy-MM-dd");
        return null;
    }

    public DateTimeOffset Instant(string name)
    {
        if (Take(name, required: true) is not { } value)
            return default;
        if (value.Type == JsonTokenType.String && DateTimeOffset.TryParseExact(value.Text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            return at.ToUniversalTime();
        Note(name, "must be a time with its offset, 2026-11-28T08:00:00+08:00");
        return default;
    }

    /// One of the names given; otherwise: where it is missing, null: it must be there.
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> names, T? otherwise = null)
        where T : struct
    {
        if (Take(name, otherwise is null) is not { } value)
            return otherwise ?? default;
        if (value.Type == JsonTokenType.String && names.TryGetValue(value.Text, out var chosen))
            return chosen;
        Note(name, "must be one of " + string.Join(", ", names.Keys));
        return otherwise ?? default;
    }

    public IReadOnlyList<string> Texts(string name, bool required = true) => List(name, required, JsonTokenType.String, "texts").ConvertAll(i => i.Text);

    public IReadOnlyList<double> Numbers(string name) =>
        List(name, required: false, JsonTokenType.Number, "numbers").ConvertAll(i => double.Parse(i.Text, NumberStyles.Float, CultureInfo.InvariantCulture));

    public IReadOnlyList<ObjectReader> Objects(string name, bool required)
    {
        var items = List(name, required, JsonTokenType.StartObject, "objects");
        return [.. items.Select((item, i) => new ObjectReader(item, FormattableString.Invariant($"{Join(name)}[{i}]"), errors))];
    }

    public ObjectReader? Object(string name, bool required)
    {
        if (Take(name, required) is not { } value)
            return null;
        if (value.Type == JsonTokenType.StartObject)
            return new ObjectReader(value, Join(name), errors);
        Note(name, "must be an object");
        return null;
    }

    public void Finish()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, line, _) in json.Members)
            if (!seen.Add(name))
                errors.Add(new RuleSetError(line, Join(name), "is there twice"));
            else if (!_asked.Contains(name))
                errors.Add(new RuleSetError(line, Join(name), "is not known here"));
    }

    private List<LocatedJson> List(string name, bool required, JsonTokenType type, string what)
    {
        if (Take(name, required) is not { } value)
            return [];
        if (value.Type == JsonTokenType.StartArray && value.Items.All(i => i.Type == type) && (value.Items.Count > 0 || !required))
            return value.Items;
        Note(name, $"must be a list of {what}" + (required ? ", at least one" : ""));
        return [];
    }

    private LocatedJson? Take(string name, bool required)
    {
        _asked.Add(name);
        var found = Find(name);
        if (found is null && required)
            Note(name, "is missing");
        return found;
    }

    private LocatedJson? Find(string name) => json.Members.Find(m => m.Name == name).Value;

    private string Join(string name) => path.Length > 0 ? $"{path}.{name}" : name;
}
