namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>What was granted to one subscriber of one filter. Identifier 0: none.</summary>
internal readonly record struct SubscriptionGrant(SubscriptionOptions Options, uint Identifier = 0);
