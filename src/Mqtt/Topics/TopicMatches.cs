namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>The caller's buffer for matches, used again and again by one thread. A subscriber with overlapping filters is in it once for each.</summary>
internal sealed class TopicMatches<TSubscriber>
    where TSubscriber : notnull
{
    public List<SubscriptionMatch<TSubscriber>> Subscriptions { get; } = [];

    public List<SharedGroup<TSubscriber>> Groups { get; } = [];

    /// <summary>Of <see cref="SubscriptionTree{TSubscriber}"/>: the nodes that the levels seen so far lead to.</summary>
    internal List<FilterNode<TSubscriber>> Reached { get; set; } = [];

    /// <summary>Of <see cref="SubscriptionTree{TSubscriber}"/>: those of the next level.</summary>
    internal List<FilterNode<TSubscriber>> Next { get; set; } = [];

    public void Clear()
    {
        Subscriptions.Clear();
        Groups.Clear();
    }
}
