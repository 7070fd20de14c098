namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>The caller's buffer for matches, used again and again by one thread. A subscriber with overlapping filters is in it once for each.</summary>
internal sealed class TopicMatches<TSubscriber>
    where TSubscriber : notnull
{
    public List<SubscriptionMatch<TSubscriber>> Subscriptions { get; } = [];

    public List<SharedGroup<TSubscriber>> Groups { get; } = [];
}
