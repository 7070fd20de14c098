namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>One PUBLISH to be sent.</summary>
/// <param name="PacketId">0 for QoS 0.</param>
/// <param name="IsRetained">The RETAIN flag as it is to be sent.</param>
/// <param name="ExpirySeconds">What remains of the Message Expiry Interval [MQTT5-3.3.2-6]; null: it does not expire.</param>
/// <param name="SubscriptionIdentifiers">All that matched [MQTT5-3.3.4-4]; shared between deliveries, not to be changed.</param>
public readonly record struct Delivery(
    ApplicationMessage Message, QoS QoS, ushort PacketId, bool IsDuplicate, bool IsRetained, uint? ExpirySeconds,
    IReadOnlyList<uint> SubscriptionIdentifiers);
