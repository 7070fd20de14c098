using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>
/// 案号 as people type it, and the forms it is compared and stored in: 渝执立〔2026〕12号 is one number whether the year stands in
/// 〔〕, [] or full-width brackets, and whatever blanks a dock's keyboard put in.
/// </summary>
internal static partial class CaseNumber
{
    /// <summary>Longest number taken; the longest template in use has 30.</summary>
    public const int MaxLength = 100;

    /// <summary>As it is stored and shown: outer blanks off, the year in 〔〕.</summary>
    public static string Clean(string typed) =>
        BracketedYear().Replace(typed.Normalize(NormalizationForm.FormKC).Trim(), "〔$1〕");

    /// <summary>What two spellings of one number have in common; empty for nothing typed.</summary>
    public static string KeyOf(string typed) => Blanks().Replace(Clean(typed), "").ToUpperInvariant();

    /// <summary>case_id: the number with '/' and blanks replaced (fact.proto).</summary>
    public static string IdOf(string typed) => Blanks().Replace(Clean(typed), "-").Replace('/', '-');

    public static string Case(int year, ulong ordinal) => CasePrefix(year) + ordinal.ToString(CultureInfo.InvariantCulture) + "号";

    public static string CasePrefix(int year) => string.Create(CultureInfo.InvariantCulture, $"渝执立〔{year}〕");

    public static string Lead(int year, ulong ordinal) => string.Create(CultureInfo.InvariantCulture, $"渝执线〔{year}〕{ordinal}号");

    /// <summary>0 for a number that is not of the year's template.</summary>
    public static ulong OrdinalOf(string number, string prefix) =>
        number.StartsWith(prefix, StringComparison.Ordinal) && number.EndsWith('号')
        && ulong.TryParse(number.AsSpan(prefix.Length, number.Length - prefix.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong ordinal)
            ? ordinal
            : 0;

    [GeneratedRegex(@"[\[\(【〔]\s*(\d{4})\s*[\]\)】〕]", RegexOptions.CultureInvariant)]
    private static partial Regex BracketedYear();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
