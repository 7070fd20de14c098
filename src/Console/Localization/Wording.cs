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
        return string.Join(" · ", new[] { word, named, outcome.Detail }.Where(part => part.Length > 0));
    }
}
