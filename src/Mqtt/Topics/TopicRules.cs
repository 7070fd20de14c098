namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>Section 4.7: what a topic name and a topic filter may be, and when they match. No normalisation (MQTT5-4.7.3-4).</summary>
internal static class TopicRules
{
    /// <summary>More levels than any scheme in the field uses; every level of a filter is a node of the tree, so that depth is memory.</summary>
    public const int MaximumLevels = 128;

    public const string SharePrefix = "$share/";

    /// <summary>Whether a name or filter has at most <see cref="MaximumLevels"/> levels. The codec lets deeper ones pass: they are well formed.</summary>
    public static bool IsWithinDepth(ReadOnlySpan<char> topicOrFilter) => topicOrFilter.Count('/') < MaximumLevels;

    public static bool IsName(ReadOnlySpan<char> topic) => !topic.IsEmpty && topic.IndexOfAny('+', '#', '\0') < 0;

    /// <summary>Shared filters included.</summary>
    public static bool IsFilter(ReadOnlySpan<char> filter) =>
        CheckFilter(filter, allowShared: true) == FilterFault.None && !filter.Contains('\0');

    public static bool IsShared(ReadOnlySpan<char> filter) => TrySplitShared(filter, out _, out _);

    /// <param name="filter">The filter; that it is a string of MQTT is checked elsewhere.</param>
    /// <param name="allowShared">
    /// Whether what begins with <c>$share/</c> must be a shared subscription (5.0). On 3.1.1 it is a filter like any other; that a well-formed one is
    /// shared all the same is what brokers do and clients of 3.1.1 rely on.
    /// </param>
    public static FilterFault CheckFilter(ReadOnlySpan<char> filter, bool allowShared)
    {
        if (!allowShared || !filter.StartsWith(SharePrefix, StringComparison.Ordinal))
            return CheckLevels(filter);
        SplitAfterPrefix(filter, out var name, out var inner);
        if (name.IsEmpty)
            return FilterFault.ShareNameMissing;
        return name.IndexOfAny('+', '#') >= 0 || inner.IsEmpty ? FilterFault.ShareNameInvalid : CheckLevels(inner);
    }

    /// <summary>Takes <c>$share/{name}/{filter}</c> apart; false for every other filter.</summary>
    public static bool TrySplitShared(ReadOnlySpan<char> filter, out ReadOnlySpan<char> shareName, out ReadOnlySpan<char> inner)
    {
        shareName = inner = default;
        if (!filter.StartsWith(SharePrefix, StringComparison.Ordinal))
            return false;
        SplitAfterPrefix(filter, out shareName, out inner);
        return !shareName.IsEmpty && !inner.IsEmpty && shareName.IndexOfAny('+', '#') < 0;
    }

    /// <summary>Whether a (not shared) filter matches a name, by the letter of section 4.7; for one pair. Many filters are for the tree.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        // MQTT5-4.7.2-1
        if (filter.IsEmpty || topic.IsEmpty || (topic[0] == '$' && filter[0] is '+' or '#'))
            return false;
        var filterLevels = new LevelCursor(filter);
        var topicLevels = new LevelCursor(topic);
        while (filterLevels.MoveNext())
        {
            // # also stands for the level above it: sport/# matches sport.
            if (filterLevels.Current is "#")
                return true;
            if (!topicLevels.MoveNext())
                return false;
            if (filterLevels.Current is not "+" && !filterLevels.Current.SequenceEqual(topicLevels.Current))
                return false;
        }

        return !topicLevels.MoveNext();
    }

    private static void SplitAfterPrefix(ReadOnlySpan<char> filter, out ReadOnlySpan<char> shareName, out ReadOnlySpan<char> inner)
    {
        var rest = filter[SharePrefix.Length..];
        var end = rest.IndexOf('/');
        shareName = end < 0 ? rest : rest[..end];
        inner = end < 0 ? default : rest[(end + 1)..];
    }

    private static FilterFault CheckLevels(ReadOnlySpan<char> filter)
    {
        if (filter.IsEmpty)
            return FilterFault.Empty;
        for (var at = filter.IndexOfAny('+', '#'); at >= 0; at = Next(filter, at))
        {
            var isAlone = (at == 0 || filter[at - 1] == '/') && (at == filter.Length - 1 || filter[at + 1] == '/');
            if (filter[at] == '#' && (!isAlone || at != filter.Length - 1))
                return FilterFault.HashNotLast;
            if (!isAlone)
                return FilterFault.PlusNotAlone;
        }

        return FilterFault.None;
    }

    private static int Next(ReadOnlySpan<char> filter, int at)
    {
        var next = filter[(at + 1)..].IndexOfAny('+', '#');
        return next < 0 ? -1 : at + 1 + next;
    }
}
