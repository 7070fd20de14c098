namespace EdgeEnforcement.Mqtt.Topics;

internal readonly record struct SubscriptionMatch<TSubscriber>(TSubscriber Subscriber, SubscriptionGrant Grant)
    where TSubscriber : notnull;
