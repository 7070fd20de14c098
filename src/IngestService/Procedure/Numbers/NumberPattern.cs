using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeEnforcement.IngestService.Procedure.Numbers;

/// <summary>文号 by pattern: "{agency}罚决〔{year}〕{n}号" with 渝北城管, 2026 and 12 is 渝北城管罚决〔2026〕12号 (GB/T 9704-2012, 7.2.5: the year whole, in 〔〕, no leading zero).</summary>
internal static partial class NumberPattern
{
    public static string Format(string pattern, string agencyShortName, int year, uint ordinal) => pattern
        .Replace("{agency}", agencyShortName, StringComparison.Ordinal)
        .Replace("{year}", year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{n}", ordinal.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Null: it may be used.</summary>
    public static string? WhatIsWrong(string pattern)
    {
        if (!Form().IsMatch(pattern))
            return "must be {agency}, the kind's word, 〔{year}〕 and {n}号, in this order";
        return pattern.Replace("{agency}", "").Replace("{year}", "").Replace("{n}", "").Any(c => c is '{' or '}' or '/') ? "knows {agency}, {year} and {n} only" : null;
    }

    [GeneratedRegex(@"\A\{agency\}[^{}]+〔\{year\}〕\{n\}号\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
