namespace EdgeEnforcement.Mqtt.Client;

/// <summary>A filter the client subscribes to on every connection that has no session of it.</summary>
public sealed record MqttSubscription(string Filter, SubscriptionOptions Options);
