using EdgeEnforcement.Detection.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>Parts that many objects of the rules file have.</summary>
internal static class RuleParts
{
    public static (DateOnly? From, DateOnly? Through) Period(ObjectReader json)
    {
        DateOnly? from = json.Date("from", required: false), through = json.Date("through", required: false);
        if (through < from)
            json.Note("through", "lies before from");
        if (from?.Year is < 1949 or > 2200)
            json.Note("from", "is no year of this law: 1949 to 2200");
        return (from, through);
    }

    public static bool Meet((DateOnly? From, DateOnly? Through) one, (DateOnly? From, DateOnly? Through) other) =>
        (one.From ?? DateOnly.MinValue) <= (other.Through ?? DateOnly.MaxValue) && (other.From ?? DateOnly.MinValue) <= (one.Through ?? DateOnly.MaxValue);

    /// <summary>Profiles' domains, or "*" alone.</summary>
    public static IReadOnlyList<string> Domains(ObjectReader json)
    {
        IReadOnlyList<string> domains = json.Has("domains") ? json.Texts("domains") : ["*"];
        if (domains.Contains("*") && domains.Count > 1)
            json.Note("domains", "'*' stands alone: it is every domain that has no rule of its own");
        return domains;
    }

    public static IReadOnlyList<NamedCode> Codes(ObjectReader parent, string name, bool required)
    {
        List<NamedCode> codes = [];
        foreach (ObjectReader json in parent.Objects(name, required))
        {
            NamedCode code = Code(json);
            if (codes.Any(known => known.Code == code.Code))
                json.Note("code", $"'{code.Code}' is there twice");
            codes.Add(code);
            json.Finish();
        }

        return codes;
    }

    public static NamedCode Code(ObjectReader json) =>
        new(json.Text("code", longest: 64), json.Text("zh", longest: 200), json.Text("en", longest: 200), json.Text("source", longest: 200));

    /// <summary>Names of an enum of the wire, each once.</summary>
    public static IReadOnlyList<T> Names<T>(ObjectReader json, string name)
        where T : struct, Enum
    {
        List<T> values = [];
        IReadOnlyList<string> texts = json.Texts(name, required: false);
        for (int i = 0; i < texts.Count; i++)
        {
            string at = FormattableString.Invariant($"{name}[{i}]");
            if (!ProtoNames<T>.All.TryGetValue(texts[i], out T value))
                json.Note(at, $"'{texts[i]}' is not one of " + string.Join(", ", ProtoNames<T>.All.Keys));
            else if (values.Contains(value))
                json.Note(at, $"'{texts[i]}' is there twice");
            else
                values.Add(value);
        }

        return values;
    }
}
