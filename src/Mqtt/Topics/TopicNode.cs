namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>One level of topic names.</summary>
internal sealed class TopicNode<TMessage>(TopicNode<TMessage>? parent, string level)
    where TMessage : class
{
    private readonly string _level = level;
    private readonly TopicNode<TMessage>? _parent = parent;
    private LevelMap<TopicNode<TMessage>> _children;

    /// <summary>Of the name that ends here.</summary>
    public TMessage? Message { get; set; }

    public TopicNode<TMessage>? Find(ReadOnlySpan<char> level) => _children.Find(level);

    public TopicNode<TMessage> Make(ReadOnlySpan<char> level)
    {
        if (_children.Find(level) is { } present)
            return present;
        var made = new TopicNode<TMessage>(this, level.ToString());
        _children.Add(made._level, made);
        return made;
    }

    public void PushChildren(Stack<TopicNode<TMessage>> onto, bool exceptDollar) => _children.PushAll(onto, exceptDollar);

    /// <summary>Takes this node, and those above it that it leaves empty, out of the tree.</summary>
    public void Prune()
    {
        for (var node = this; node.Message is null && node._children.Count == 0 && node._parent is { } above; node = above)
            above._children.Remove(node._level);
    }
}
