namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>The filter as it came, <c>$share/{name}/</c> included.</summary>
internal readonly record struct SubscribeEntry(string Filter, SubscriptionOptions Options);
