namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>One filter of SUBSCRIBE as it came, <c>$share/{name}/</c> included. Identifier 0: none.</summary>
public readonly record struct SubscriptionRequest(string Filter, SubscriptionOptions Options, uint Identifier = 0);
