namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>
/// One value for each topic name, found by filter: the subscription tree the other way round. A filter is walked level by level over the names;
/// + leads to every child, # to everything below and to the node itself. Owned by one thread; nothing recurses.
/// </summary>
internal sealed class RetainedTree<TMessage>
    where TMessage : class
{
    private readonly TopicNode<TMessage> _root = new(null, "");
    private Stack<TopicNode<TMessage>> _reached = new();
    private Stack<TopicNode<TMessage>> _next = new();

    public int Count { get; private set; }

    /// <summary>Answers what was there before.</summary>
    public TMessage? Set(string topic, TMessage message)
    {
        var node = _root;
        var levels = new LevelCursor(topic);
        while (levels.MoveNext())
            node = node.Make(levels.Current);
        var before = node.Message;
        node.Message = message;
        if (before is null)
            Count++;
        return before;
    }

    /// <summary>Answers what was there.</summary>
    public TMessage? Remove(string topic)
    {
        var node = FindNode(topic);
        var before = node?.Message;
        if (node is null || before is null)
            return null;
        node.Message = null;
        node.Prune();
        Count--;
        return before;
    }

    public TMessage? Find(ReadOnlySpan<char> topic) => FindNode(topic)?.Message;

    /// <summary>Appends every message whose topic matches the filter; for a shared filter nothing (5.0, section 4.8.2).</summary>
    public void Match(ReadOnlySpan<char> filter, List<TMessage> into)
    {
        if (TopicRules.IsShared(filter))
            return;
        _reached.Clear();
        _reached.Push(_root);
        var exceptDollar = true;
        var levels = new LevelCursor(filter);
        while (_reached.Count > 0 && levels.MoveNext())
        {
            if (levels.Current is "#")
            {
                CollectBelow(into, exceptDollar);
                return;
            }

            Step(levels.Current, exceptDollar);
            exceptDollar = false;
        }

        foreach (var node in _reached)
            Collect(node, into);
        _reached.Clear();
    }

    /// <summary>Appends all of them, those of $ topics too.</summary>
    public void CopyTo(List<TMessage> into)
    {
        _reached.Clear();
        _reached.Push(_root);
        CollectBelow(into, exceptDollar: false);
    }

    private void Step(ReadOnlySpan<char> level, bool exceptDollar)
    {
        _next.Clear();
        foreach (var node in _reached)
        {
            if (level is "+")
                node.PushChildren(_next, exceptDollar);
            else if (node.Find(level) is { } child)
                _next.Push(child);
        }

        (_reached, _next) = (_next, _reached);
    }

    // Only the root, which has no message, can be reached while $ is still to be left out: that a level begins with it means nothing further down.
    private void CollectBelow(List<TMessage> into, bool exceptDollar)
    {
        while (_reached.TryPop(out var node))
        {
            Collect(node, into);
            node.PushChildren(_reached, exceptDollar);
            exceptDollar = false;
        }
    }

    private TopicNode<TMessage>? FindNode(ReadOnlySpan<char> topic)
    {
        var node = _root;
        var levels = new LevelCursor(topic);
        while (node is not null && levels.MoveNext())
            node = node.Find(levels.Current);
        return node;
    }

    private static void Collect(TopicNode<TMessage> node, List<TMessage> into)
    {
        if (node.Message is { } message)
            into.Add(message);
    }
}
