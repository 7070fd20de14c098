namespace EdgeEnforcement.Mqtt;

/// <summary>Options of one filter of SUBSCRIBE (5.0, section 3.8.3.1). On 3.1.1 only the maximum QoS is set.</summary>
public readonly record struct SubscriptionOptions(
    QoS MaximumQoS, bool NoLocal = false, bool RetainAsPublished = false, RetainHandling RetainHandling = RetainHandling.SendAtSubscribe);
