namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>One level of a filter. The wildcards have places of their own, so that finding them costs no look-up.</summary>
internal sealed class FilterNode<TSubscriber>(FilterNode<TSubscriber>? parent, string level)
    where TSubscriber : notnull
{
    private readonly string _level = level;
    private LevelMap<FilterNode<TSubscriber>> _children;
    private List<SharedGroup<TSubscriber>>? _groups;

    public FilterNode<TSubscriber>? Parent { get; } = parent;

    /// <summary>The child for +.</summary>
    public FilterNode<TSubscriber>? Plus { get; private set; }

    /// <summary>The child for #; it has no children.</summary>
    public FilterNode<TSubscriber>? Hash { get; private set; }

    /// <summary>Of the filter that ends here; null when there are none.</summary>
    public SubscriberSet<TSubscriber>? Subscribers { get; private set; }

    private bool IsEmpty => _children.Count == 0 && Plus is null && Hash is null && Subscribers is null && _groups is null;

    public FilterNode<TSubscriber>? Find(ReadOnlySpan<char> level) => _children.Find(level);

    public FilterNode<TSubscriber>? FindInFilter(ReadOnlySpan<char> level) => level switch
    {
        "+" => Plus,
        "#" => Hash,
        _ => _children.Find(level),
    };

    public FilterNode<TSubscriber> Make(ReadOnlySpan<char> level)
    {
        if (FindInFilter(level) is { } present)
            return present;
        var made = new FilterNode<TSubscriber>(this, level.ToString());
        if (level is "+")
            Plus = made;
        else if (level is "#")
            Hash = made;
        else
            _children.Add(made._level, made);
        return made;
    }

    public bool Set(TSubscriber subscriber, SubscriptionGrant grant) => (Subscribers ??= new()).Set(subscriber, grant);

    public bool Set(ReadOnlySpan<char> shareName, ReadOnlySpan<char> filter, TSubscriber subscriber, SubscriptionGrant grant)
    {
        var at = PlaceOf(shareName);
        if (at < 0)
        {
            at = _groups?.Count ?? 0;
            (_groups ??= []).Add(new SharedGroup<TSubscriber>(shareName.ToString(), filter.ToString()));
        }

        return _groups![at].Set(subscriber, grant); // not null: it has that place
    }

    public bool Remove(TSubscriber subscriber)
    {
        if (Subscribers is null || !Subscribers.Remove(subscriber))
            return false;
        if (Subscribers.Count == 0)
            Subscribers = null;
        return true;
    }

    public bool Remove(ReadOnlySpan<char> shareName, TSubscriber subscriber)
    {
        var at = PlaceOf(shareName);
        if (at < 0 || !_groups![at].Remove(subscriber)) // not null: it has that place
            return false;
        if (_groups[at].Count == 0)
            _groups.RemoveAt(at);
        if (_groups.Count == 0)
            _groups = null;
        return true;
    }

    public SharedGroup<TSubscriber>? FindGroup(ReadOnlySpan<char> shareName) =>
        PlaceOf(shareName) is var at and >= 0 ? _groups![at] : null; // not null: it has that place

    public void Collect(TopicMatches<TSubscriber> into)
    {
        Subscribers?.CopyTo(into.Subscriptions);
        if (_groups is not null)
            into.Groups.AddRange(_groups);
    }

    /// <summary>Takes this node, and those above it that it leaves empty, out of the tree.</summary>
    public void Prune()
    {
        for (var node = this; node.IsEmpty && node.Parent is { } above; node = above)
        {
            if (above.Plus == node)
                above.Plus = null;
            else if (above.Hash == node)
                above.Hash = null;
            else
                above._children.Remove(node._level);
        }
    }

    private int PlaceOf(ReadOnlySpan<char> shareName)
    {
        for (var i = 0; i < (_groups?.Count ?? 0); i++)
        {
            if (shareName.SequenceEqual(_groups![i].ShareName)) // not null: it has a count
                return i;
        }

        return -1;
    }
}
