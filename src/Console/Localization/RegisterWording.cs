using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using EdgeEnforcement.OperatorConsole.Views.Registers;
using Google.Protobuf;
using Microsoft.Extensions.Localization;

namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>Steps of a guard's answer and fields of a change in the operator's words. What has no word is shown as it is, never hidden.</summary>
internal static class RegisterWording
{
    // Fields whose values have words, under this name.
    private static readonly Dictionary<string, string> EnumOf = new(StringComparer.Ordinal)
    {
        ["level"] = nameof(UnitLevel), ["standing"] = nameof(UnitStanding), ["basis"] = nameof(GrantBasis), ["roles"] = nameof(OfficerRole),
        ["type"] = nameof(RegisteredDeviceType), ["admission_class"] = nameof(AdmissionClass), ["state"] = nameof(AdmissionState), ["part"] = nameof(ObjectPart),
        ["domain"] = "Domain", ["domains"] = "Domain", ["subject_kind"] = "SubjectKind",
    };

    public static string Guard(this IStringLocalizer<Texts> texts, string step) => Word(texts, $"Guard.{step}", step);

    /// <summary>A step that failed: its name and why, in the operator's words.</summary>
    public static string GuardReason(this IStringLocalizer<Texts> texts, GuardStep? failed) => failed is null ? "" : $"{texts.Guard(failed.Name)} · {texts.Say(failed.Said, failed.Detail)}";

    public static string Mark(this IStringLocalizer<Texts> texts, string cause) => Word(texts, $"Mark.{cause}", cause);

    /// <summary>"certificates[0].through_day": 执法证 1 · 截止日. A register may have its own word for a field: 权力来源 of a grant is 法律依据 of an item.</summary>
    public static string Field(this IStringLocalizer<Texts> texts, string path, RegisterKind kind) => string.Join(" · ", path.Split('.').Select(part =>
    {
        var open = part.IndexOf('[', StringComparison.Ordinal);
        var name = open < 0 ? part : part[..open];
        var word = Word(texts, $"Field.{kind}.{name}", Word(texts, $"Field.{name}", name));
        return open < 0 || !int.TryParse(part.AsSpan(open + 1, part.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? word : string.Create(CultureInfo.InvariantCulture, $"{word} {index + 1}");
    }));

    /// <summary>For a form that asks for a register's content.</summary>
    public static FormWords Form(this IStringLocalizer<Texts> texts, RegisterKind kind) => new(field => texts.Field(field.Name, kind), key => Word(texts, key, key[(key.LastIndexOf('.') + 1)..]));

    /// <summary>What a field holds, in one line; empty: nothing.</summary>
    public static string Value(this IStringLocalizer<Texts> texts, FormField field, IMessage message, RegisterChoices choices) => (field.Input, field.Field.Accessor.GetValue(message)) switch
    {
        (_, null) => "",
        (FormInput.Rows, System.Collections.IList rows) => string.Join("；", rows.Cast<IMessage>().Select(row =>
            string.Join(" ", FormFields.Of(row.Descriptor).Select(part => texts.Value(part, row, choices)).Where(text => text.Length > 0)))),
        (_, System.Collections.IList ids) when field.Of != RegisterKind.Unspecified => string.Join(" · ", ids.Cast<string>().Select(id => choices.NameOf(field.Of, id))),
        (_, string id) when field.Of != RegisterKind.Unspecified => choices.NameOf(field.Of, id),
        (FormInput.OneOf or FormInput.SomeOf, System.Collections.IList chosen) => string.Join(" · ", chosen.Cast<object>().Select(value => Word(texts, $"{field.Words}.{value}", value.ToString() ?? ""))),
        (FormInput.OneOf or FormInput.SomeOf, var value) => Word(texts, $"{field.Words}.{value}", value.ToString() ?? ""),
        (FormInput.YesNo, bool flag) => flag ? texts["Yes"] : "",
        (FormInput.Instant, _) => FormText.Read(field, message).Replace('T', ' '),
        _ => FormText.Read(field, message).Replace("\n", " · ", StringComparison.Ordinal),
    };

    public static string FieldValue(this IStringLocalizer<Texts> texts, RegisterKind kind, string path, string value)
    {
        var name = path[(path.LastIndexOf('.') + 1)..].Split('[')[0];
        var type = name == "kind" ? kind switch { RegisterKind.Territory => nameof(TerritoryKind), RegisterKind.Object => nameof(ObjectKind), _ => null } : EnumOf.GetValueOrDefault(name);
        return value.Length == 0 ? "—" : type is null ? value : Word(texts, $"{type}.{value}", value);
    }

    public static string Roles(this IStringLocalizer<Texts> texts, IEnumerable<OfficerRole> roles) => string.Join(" · ", roles.Select(role => texts.Of(role)));

    /// <summary>From and through as a person writes them; an open end stays open.</summary>
    public static string Days(string from, string through) => (from, through) switch
    {
        ("", "") => "—",
        (_, "") => from + " →",
        _ => $"{from} – {through}",
    };

    private static string Word(IStringLocalizer<Texts> texts, string key, string otherwise)
    {
        var word = texts[key];
        return word.ResourceNotFound ? otherwise : word.Value;
    }
}
