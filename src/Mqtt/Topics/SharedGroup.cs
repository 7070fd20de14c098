namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>The members of one <c>$share/{name}/{filter}</c>; a message that matches goes to one of them, and who that is decides the caller.</summary>
internal sealed class SharedGroup<TSubscriber>(string shareName, string filter)
    where TSubscriber : notnull
{
    private readonly SubscriberSet<TSubscriber> _members = new();

    public string ShareName { get; } = shareName;

    /// <summary>Without <c>$share/{name}/</c>.</summary>
    public string Filter { get; } = filter;

    /// <summary>As it was subscribed.</summary>
    public string FullFilter { get; } = $"$share/{shareName}/{filter}";

    public int Count => _members.Count;

    /// <summary>Where the next choice starts, for a caller that goes round; it sets it, and when members go it is brought back among them.</summary>
    public int Turn { get; set; }

    public SubscriptionMatch<TSubscriber> this[int index] => _members[index];

    public bool Set(TSubscriber subscriber, SubscriptionGrant grant) => _members.Set(subscriber, grant);

    public bool Remove(TSubscriber subscriber)
    {
        var removed = _members.Remove(subscriber);
        if (Turn >= Count)
            Turn = 0;
        return removed;
    }
}
