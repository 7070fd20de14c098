using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Numbers;

/// <summary>
/// 共同编号 of one case: documents and media share one count, so that what was taken out of a file leaves a hole that shows (T34). The number is the
/// last part: &lt;agency&gt;-&lt;year&gt;-&lt;case&gt;-&lt;stage&gt;-&lt;no&gt;.
/// </summary>
internal static class CommonNumbers
{
    /// <summary>Numbers from 1 to the last given that stand on nothing in the file, and numbers that stand on two things. Empty: continuous.</summary>
    public static IReadOnlyList<string> Breaks(ProcedureCase subject)
    {
        string[] texts = [.. subject.Documents.Select(document => document.CommonNumber).Concat(subject.Evidence.Select(item => item.CommonNumber))
            .Where(text => text.Length > 0)];
        HashSet<uint> met = [];
        List<string> breaks = [];
        foreach (string text in texts)
        {
            if (OrdinalOf(text) is not { } ordinal || ordinal == 0)
                breaks.Add($"共同编号{text}无法识别");
            else if (!met.Add(ordinal))
                breaks.Add($"共同编号{text}重复");
        }

        uint last = Math.Max(subject.LastCommonNumber, met.Count == 0 ? 0 : met.Max());
        for (uint ordinal = 1; ordinal <= last; ordinal++)
        {
            if (!met.Contains(ordinal))
                breaks.Add(string.Create(CultureInfo.InvariantCulture, $"共同编号缺第{ordinal}号"));
        }

        return breaks;
    }

    private static uint? OrdinalOf(string text) =>
        uint.TryParse(text.AsSpan(text.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint ordinal) ? ordinal : null;
}
