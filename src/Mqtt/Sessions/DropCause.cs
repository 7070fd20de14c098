namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>Why a message did not reach a session that had asked for it. QoS 1 and 2 are dropped for the other reasons only.</summary>
internal enum DropCause
{
    /// <summary>QoS 0, and the link was busy.</summary>
    SlowReceiver,

    /// <summary>Its Message Expiry Interval has passed [MQTT5-3.3.2-5].</summary>
    Expired,

    /// <summary>The receiver answered with a failure [MQTT5-4.8.2-6].</summary>
    Rejected,

    /// <summary>A shared message whose member is gone, and no other member has room.</summary>
    NoMemberLeft,

    /// <summary>A will for a session whose queue is full, or a message of QoS 0 to be retained where there is no more room: nobody can be told.</summary>
    NoRoom,
}
