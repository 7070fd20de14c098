using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using Microsoft.Extensions.Localization;

namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>Values of the wire in the operator's words. A value without a word is shown as it is, never hidden.</summary>
internal static class Wording
{
    public static string Of<TEnum>(this IStringLocalizer<Texts> texts, TEnum value) where TEnum : struct, Enum
    {
        var word = texts[$"{typeof(TEnum).Name}.{value}"];
        return word.ResourceNotFound ? value.ToString() : word.Value;
    }

    public static string Entry(this IStringLocalizer<Texts> texts, string kind)
    {
        var word = texts[$"Entry.{kind}"];
        return word.ResourceNotFound ? kind : word.Value;
    }

    /// <summary>A leaf's type: the number of the body's field, 0 for a record nobody could read.</summary>
    public static string RecordType(this IStringLocalizer<Texts> texts, uint type)
    {
        var name = type == 0 ? "unreadable" : Record.Descriptor.FindFieldByNumber((int)type)?.Name ?? type.ToString(CultureInfo.InvariantCulture);
        var word = texts[$"RecordType.{name}"]; // only where the word for what happened is not one for the record itself
        return word.ResourceNotFound ? texts.Entry(name) : word.Value;
    }

    /// <summary>What a record is about, in one line: enough to know what one decides on.</summary>
    public static string Content(this IStringLocalizer<Texts> texts, Record record) => record switch
    {
        { MediaManifest: { } manifest } => Joined(Figures.FileName(manifest.OriginalPath), manifest.Recorder, manifest.Officer, Figures.Size(manifest.SizeBytes)),
        { MediaLabel: { } label } => Joined(label.LabelKind, label.Number, label.Remark),
        { CustodyEvent: { } custody } => Joined(texts.Of(custody.Kind), custody.Recorder),
        { FieldAlert: { } alert } => Joined(alert.Title, alert.Place),
        { AlertOpened: { } alert } => Joined(alert.Title, alert.Place),
        { MediaAttached: { } attached } => Joined(attached.CaseId, attached.Explanation),
        { MediaDetached: { } detached } => Joined(detached.CaseId, detached.Reason),
        { EvidenceChecked: { } check } => Joined(check.Actor?.Name ?? "", check.Finding),
        _ => "—",
    };

    /// <summary>A factor's name with its code: the code is what the standard and the frame say.</summary>
    public static string Factor(this IStringLocalizer<Texts> texts, string code)
    {
        var word = texts[$"Factor.{code}"];
        return word.ResourceNotFound ? code : $"{word.Value} {code}";
    }

    /// <summary>A data flag of HJ 212 with its meaning; any other word as it was sent.</summary>
    public static string Flag(this IStringLocalizer<Texts> texts, string flag)
    {
        var word = texts[$"Flag.{(flag.Length == 0 ? "none" : flag)}"];
        return word.ResourceNotFound ? flag : flag.Length == 0 ? word.Value : $"{flag} {word.Value}";
    }

    public static string Comparison(this IStringLocalizer<Texts> texts, string comparison)
    {
        var word = texts[$"Comparison.{comparison}"];
        return word.ResourceNotFound ? comparison : word.Value;
    }

    public static string Step(this IStringLocalizer<Texts> texts, string name)
    {
        var word = texts[$"Step.{name}"];
        return word.ResourceNotFound ? name : word.Value;
    }

    public static string Bay(this IStringLocalizer<Texts> texts, string state)
    {
        var word = texts[$"Bay.{state}"];
        return word.ResourceNotFound ? state : word.Value;
    }

    public static string Domain(this IStringLocalizer<Texts> texts, string domain)
    {
        var word = texts[$"Domain.{domain}"];
        return word.ResourceNotFound ? domain : word.Value;
    }

    public static string Outcome(this IStringLocalizer<Texts> texts, ActOutcome outcome)
    {
        var word = texts[$"ActResult.{outcome.Result}"].Value;
        var refusal = texts[$"Refusal.{outcome.Refusal}"];
        var named = outcome.Refusal.Length == 0 ? "" : refusal.ResourceNotFound ? outcome.Refusal : refusal.Value;
        return Joined(word, named, outcome.Said is null ? outcome.Detail : Joined(outcome.Field.Length > 0 ? texts.Field(outcome.Field, RegisterKind.Unspecified) : "", texts.Say(outcome.Said, outcome.Detail)));
    }

    private static string Joined(params string[] parts) => string.Join(" · ", parts.Where(part => part.Length > 0));
}
