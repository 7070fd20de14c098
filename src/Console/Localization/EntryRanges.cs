using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>Entries as a person writes them: "12, 15-18", with or without #, with Chinese or Latin commas.</summary>
internal static class EntryRanges
{
    private static readonly char[] Separators = [',', '，', '、', ';', '；', ' '];
    private static readonly char[] Dashes = ['-', '–', '—', '~'];

    public static bool TryParse(string text, out IReadOnlyList<EntryRange> ranges)
    {
        var found = new List<EntryRange>();
        ranges = found;
        foreach (var part in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split(Dashes, 3);
            if (ends.Length > 2 || !TryIndex(ends[0], out var first) || !TryIndex(ends[^1], out var last) || last < first)
                return false;
            found.Add(new EntryRange { First = first, Last = last });
        }
        return found.Count > 0;
    }

    public static string Write(IEnumerable<EntryRange> ranges) =>
        string.Join(", ", ranges.Select(range => range.First == range.Last ? $"#{range.First}" : $"#{range.First}–#{range.Last}"));

    private static bool TryIndex(string text, out ulong index) =>
        ulong.TryParse(text.StartsWith('#') ? text.AsSpan(1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}
