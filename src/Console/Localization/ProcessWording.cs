using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using EdgeEnforcement.OperatorConsole.Views.Procedure;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Localization;

namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>The lawful process in the operator's words. What has no word is shown as it is, never hidden.</summary>
internal static class ProcessWording
{
    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    public static string Of<TEnum>(this IStringLocalizer<ProcessTexts> texts, TEnum value) where TEnum : struct, System.Enum =>
        Word(texts, $"{typeof(TEnum).Name}.{value}", value.ToString());

    public static string Roles(this IStringLocalizer<ProcessTexts> texts, IStringLocalizer<Texts> common, IEnumerable<OfficerRole> roles) =>
        string.Join(texts["Or"], roles.Select(role => common.Of(role)));

    /// <summary>A guard's name; those about one officer carry the register's step: "OFFICER_CERTIFICATE".</summary>
    public static string Guard(this IStringLocalizer<ProcessTexts> texts, IStringLocalizer<Texts> common, string name)
    {
        const string AboutOfficer = "OFFICER_";
        return name.StartsWith(AboutOfficer, StringComparison.Ordinal) ? $"{texts["Guard.OFFICER"]} · {common.Guard(name[AboutOfficer.Length..])}" : Word(texts, $"Guard.{name}", name);
    }

    /// <summary>《行政处罚法》第五十八条, as it was in force.</summary>
    public static string Article(this IStringLocalizer<ProcessTexts> texts, CitedArticle article) =>
        string.Join(' ', new[] { article.Law.Length > 0 ? $"《{article.Law}》{article.Article}" : article.Id, Validity(texts, article) }.Where(part => part.Length > 0));

    /// <summary>A field of an act's content; one that means something else in a message has a word of its own there.</summary>
    public static string Field(this IStringLocalizer<ProcessTexts> texts, FormField field)
    {
        var own = texts[$"Field.{field.Field.ContainingType.Name}.{field.Name}"];
        return own.ResourceNotFound ? Word(texts, $"Field.{field.Name}", field.Name) : own.Value;
    }

    /// <summary>For a form that asks for an act's content.</summary>
    public static FormWords Form(this IStringLocalizer<ProcessTexts> texts) => new(texts.Field, key => Word(texts, key, key[(key.LastIndexOf('.') + 1)..]));

    /// <summary>"D-01 立案至作出决定": the rules name their deadlines in both languages.</summary>
    public static string Deadline(RulesBook rules, string id, string domain) => rules.DeadlineOf(id, domain) is { } rule ? (IsChinese ? rule.Zh : rule.En) : id;

    /// <summary>The last day of a period, which ends at 24:00; an instant within a day as it is.</summary>
    public static string LastInstant(Timestamp? due)
    {
        if (due is null)
            return "—";
        var civil = Figures.Civil(due.ToDateTimeOffset());
        return civil.TimeOfDay == TimeSpan.Zero ? $"{Figures.Day(LastDay(due))} 24:00" : Figures.Moment(civil)[..^3];
    }

    public static DateOnly LastDay(Timestamp due) => Figures.Day(due.ToDateTimeOffset().AddTicks(-1));

    public static string Word(this IStringLocalizer<ProcessTexts> texts, string key, string otherwise)
    {
        var word = texts[key];
        return word.ResourceNotFound ? otherwise : word.Value;
    }

    private static string Validity(IStringLocalizer<ProcessTexts> texts, CitedArticle article) => (article.FromDay, article.ThroughDay) switch
    {
        ("", "") => "",
        (var from, "") => texts["Article.From", from],
        ("", var through) => texts["Article.Through", through],
        var (from, through) => texts["Article.Between", from, through],
    };
}
