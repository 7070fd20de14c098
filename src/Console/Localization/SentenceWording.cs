using System.Globalization;
using System.Resources;
using EdgeEnforcement.Contracts.V1;
using Microsoft.Extensions.Localization;

namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>What the service says, in the reader's language. A sentence without a translation is shown as it was said, never hidden.</summary>
internal static class SentenceWording
{
    private static readonly ResourceManager Resources = new(typeof(Sentences));
    private static readonly ResourceManager ProcessWords = new(typeof(ProcessTexts));

    /// <param name="detail">The same in the service's own words.</param>
    public static string Say(this IStringLocalizer<Texts> texts, Sentence? said, string detail)
    {
        if (said is null)
            return detail;
        var template = Resources.GetString(said.Template, CultureInfo.CurrentUICulture) ?? said.Template;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, template, [.. said.Arguments.Select(argument => Argument(texts, argument))]);
        }
        catch (FormatException)
        {
            return detail; // a service of another version, with other places in the same words
        }
    }

    // "@AdmissionState.Admitted" is a value that has a word; what only looks like one is shown as it is.
    private static string Argument(IStringLocalizer<Texts> texts, string argument)
    {
        if (!argument.StartsWith('@'))
            return argument;
        var word = texts[argument[1..]];
        return !word.ResourceNotFound ? word.Value
            : ProcessWords.GetString(argument[1..], CultureInfo.CurrentUICulture) ?? argument[(argument.IndexOf('.', StringComparison.Ordinal) + 1)..];
    }
}
