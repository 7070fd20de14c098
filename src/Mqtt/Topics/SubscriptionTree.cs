namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>
/// All subscriptions by the levels of their filters. Owned by one thread.
/// </summary>
/// <remarks>
/// <para>
/// <c>a/+/c</c> and <c>a/#</c> are the paths root, a, +, c and root, a, #. A topic is matched level by level: the nodes reached so far are kept in a
/// list, and each of them leads to at most two of the next level, its child of that name and its +. A # takes in what follows, and also the level
/// above it. So the work is the number of nodes that really match a beginning of the topic, whatever the number of sessions, and nothing recurses:
/// a filter of thirty thousand levels costs its publisher time but no stack.
/// </para>
/// <para>
/// Names that begin with $ are reached neither by + nor by # at the first level (MQTT5-4.7.2-1). Shared subscriptions stand at the node of their
/// inner filter, in groups.
/// </para>
/// </remarks>
internal sealed class SubscriptionTree<TSubscriber>
    where TSubscriber : notnull
{
    private readonly FilterNode<TSubscriber> _root = new(null, "");

    /// <summary>Of all subscribers to all filters.</summary>
    public int Count { get; private set; }

    /// <summary>Adds or replaces (MQTT5-3.8.4-3). The filter is valid, shared ones included. Answers whether it is new.</summary>
    public bool Set(string filter, TSubscriber subscriber, SubscriptionGrant grant)
    {
        var isShared = TopicRules.TrySplitShared(filter, out var shareName, out var inner);
        var levels = new LevelCursor(isShared ? inner : filter);
        var node = _root;
        while (levels.MoveNext())
            node = node.Make(levels.Current);
        var isNew = isShared ? node.Set(shareName, inner, subscriber, grant) : node.Set(subscriber, grant);
        if (isNew)
            Count++;
        return isNew;
    }

    public bool Remove(string filter, TSubscriber subscriber)
    {
        var isShared = TopicRules.TrySplitShared(filter, out var shareName, out var inner);
        var levels = new LevelCursor(isShared ? inner : filter);
        var node = _root;
        while (node is not null && levels.MoveNext())
            node = node.FindInFilter(levels.Current);
        if (node is null || !(isShared ? node.Remove(shareName, subscriber) : node.Remove(subscriber)))
            return false;
        node.Prune();
        Count--;
        return true;
    }

    /// <summary>The group of a shared filter; null when it has no members.</summary>
    public SharedGroup<TSubscriber>? FindGroup(ReadOnlySpan<char> sharedFilter)
    {
        if (!TopicRules.TrySplitShared(sharedFilter, out var shareName, out var inner))
            return null;
        var levels = new LevelCursor(inner);
        var node = _root;
        while (node is not null && levels.MoveNext())
            node = node.FindInFilter(levels.Current);
        return node?.FindGroup(shareName);
    }

    /// <summary>Clears the buffer and fills it with what matches. No memory is spent once the buffer is large enough.</summary>
    public void Match(ReadOnlySpan<char> topic, TopicMatches<TSubscriber> into)
    {
        into.Clear();
        into.Reached.Clear();
        into.Reached.Add(_root);
        var wildcardsCount = !topic.StartsWith('$');
        var levels = new LevelCursor(topic);
        while (into.Reached.Count > 0 && levels.MoveNext())
        {
            Step(levels.Current, into, wildcardsCount);
            wildcardsCount = true;
        }

        foreach (var node in into.Reached)
        {
            node.Collect(into);
            node.Hash?.Collect(into);
        }
    }

    private static void Step(ReadOnlySpan<char> level, TopicMatches<TSubscriber> into, bool wildcardsCount)
    {
        into.Next.Clear();
        foreach (var node in into.Reached)
        {
            if (node.Find(level) is { } child)
                into.Next.Add(child);
            if (!wildcardsCount)
                continue;
            if (node.Plus is { } plus)
                into.Next.Add(plus);
            node.Hash?.Collect(into);
        }

        (into.Reached, into.Next) = (into.Next, into.Reached);
    }
}
