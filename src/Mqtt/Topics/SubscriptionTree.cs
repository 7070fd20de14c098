namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>All subscriptions by the levels of their filters. Owned by one thread.</summary>
internal sealed class SubscriptionTree<TSubscriber>
    where TSubscriber : notnull
{
    /// <summary>Of all subscribers to all filters.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>Adds or replaces (MQTT5-3.8.4-3). The filter is valid, shared ones included. Answers whether it is new.</summary>
    public bool Set(string filter, TSubscriber subscriber, SubscriptionGrant grant) => throw new NotSupportedException();

    public bool Remove(string filter, TSubscriber subscriber) => throw new NotSupportedException();

    /// <summary>Clears the buffer and fills it with what matches. No memory is spent once the buffer is large enough.</summary>
    public void Match(ReadOnlySpan<char> topic, TopicMatches<TSubscriber> into) => throw new NotSupportedException();
}
