using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeEnforcement.OperatorConsole.Tests.Localization;

/// <summary>Sentences in the sources of the service, as the templates that travel: strings that look like English, places numbered.</summary>
internal static partial class SaidTemplates
{
    public static IEnumerable<string> In(string source)
    {
        for (var at = 0; at < source.Length;)
        {
            if (Matches(source, at, "//"))
                at = source.IndexOf('\n', at) is var end and > 0 ? end : source.Length;
            else if (CharLiteral().Match(source, at) is { Success: true } letter)
                at += letter.Length;
            else if (Matches(source, at, "@\""))
                at = source.IndexOf('"', at + 2) + 1;
            else if (Matches(source, at, "$\"") || source[at] == '"')
            {
                var isInterpolated = source[at] == '$';
                var text = Read(source, ref at, isInterpolated);
                if (Sentence().IsMatch(text))
                    yield return text;
            }
            else
                at++;
        }
    }

    // From the opening quote to behind the closing one. What stands in a place is skipped, strings in it and all.
    private static string Read(string source, ref int at, bool isInterpolated)
    {
        var (text, places) = (new StringBuilder(), 0);
        for (at += isInterpolated ? 2 : 1; source[at] != '"'; at++)
        {
            if (source[at] == '\\')
                text.Append(source[++at]);
            else if (!isInterpolated || source[at] is not '{' || source[at + 1] is '{')
                text.Append(source[at]).Append(isInterpolated && source[at] is '{' or '}' ? source[at++] : "");
            else
            {
                SkipPlace(source, ref at);
                text.Append(CultureInfo.InvariantCulture, $"{{{places++}}}");
            }
        }
        at++;
        return text.ToString();
    }

    private static void SkipPlace(string source, ref int at)
    {
        for (var depth = 1; depth > 0;)
        {
            at++;
            if (Matches(source, at, "$\"") || source[at] == '"')
            {
                Read(source, ref at, source[at] == '$');
                at--;
            }
            else
                depth += source[at] switch { '{' => 1, '}' => -1, _ => 0 };
        }
    }

    private static bool Matches(string source, int at, string what) => string.CompareOrdinal(source, at, what, 0, what.Length) == 0;

    [GeneratedRegex(@"\G'(\\.|[^'\\])'")]
    private static partial Regex CharLiteral();

    [GeneratedRegex(@"[a-z]{2,} [a-z{]|^is |\{0\}.*[a-z]{2,}")]
    private static partial Regex Sentence();
}
