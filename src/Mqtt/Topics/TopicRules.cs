namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>Section 4.7: what a topic name and a topic filter may be.</summary>
internal static class TopicRules
{
    /// <summary>More levels than any scheme in the field uses; every level of a filter is a node of the tree, so that depth is memory.</summary>
    public const int MaximumLevels = 128;

    /// <summary>Whether a name or filter has at most <see cref="MaximumLevels"/> levels. The codec lets deeper ones pass: they are well formed.</summary>
    public static bool IsWithinDepth(ReadOnlySpan<char> topicOrFilter) => throw new NotSupportedException();

    public static bool IsName(ReadOnlySpan<char> topic) => throw new NotSupportedException();

    /// <summary>Shared filters included.</summary>
    public static bool IsFilter(ReadOnlySpan<char> filter) => throw new NotSupportedException();

    public static bool IsShared(ReadOnlySpan<char> filter) => throw new NotSupportedException();

    /// <summary>Whether a (not shared) filter matches a name, by the letter of section 4.7; for one pair. Many filters are for the tree.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic) => throw new NotSupportedException();
}
