using System.Text.RegularExpressions;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Procedure.Rules;
using Fluid;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>What can be known of a template before any case is there.</summary>
internal static partial class TemplateCheck
{
    /// <returns>Member of the template, and what is wrong with it.</returns>
    public static IEnumerable<(string Member, string Reason)> WhatIsWrong(DocumentTemplate template)
    {
        if (!DocumentPage.HasFrame(template.Frame))
            yield return ("frame", $"there is no frame '{template.Frame}'");
        if (template.NumberPattern.Length > 0 && NumberPattern.WhatIsWrong(template.NumberPattern) is { } wrong)
            yield return ("numberPattern", wrong);
        foreach (TemplateField field in template.Fields.Where(field => !FieldKey().IsMatch(field.Key)))
            yield return ("fields", $"'{field.Key}' must be of the letters a to z, digits and '_'");
        foreach (string reason in Html(template))
            yield return ("html", reason);
    }

    private static IEnumerable<string> Html(DocumentTemplate template)
    {
        foreach (Match match in Foreign().Matches(template.Html))
            yield return $"may not hold '{match.Value}': the page has one style and fetches nothing";
        (IFluidTemplate? parsed, string? error) = TemplateLanguage.Parse(template.Html);
        if (parsed is null)
        {
            yield return error ?? "cannot be read";
            yield break;
        }

        IReadOnlySet<string> names = TemplateNames.Of(parsed);
        foreach (string name in names.Where(name => !KnownNames.Has(name) && template.Fields.All(field => field.Key != name)))
            yield return $"'{name}' is neither a field of this template nor known of a case";
        foreach (TemplateField field in template.Fields.Where(field => !names.Contains(field.Key) && field.Key != CaseTexts.AboutField))
            yield return $"the field '{field.Key}' stands nowhere in it";
    }

    [GeneratedRegex(@"<\s*(script|style|link|meta|base|iframe|frame|object|embed|img|image|svg|form|input|a|head|body|html)\b|\bon[a-z]+\s*=|url\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FieldKey();
}
