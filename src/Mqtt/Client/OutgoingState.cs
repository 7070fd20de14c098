namespace EdgeEnforcement.Mqtt.Client;

/// <summary>How far a publish has come in its session; a new connection to the same session begins from here (MQTT5-4.4.0-1).</summary>
internal enum OutgoingState
{
    Waiting,

    /// <summary>PUBLISH was written at least once: the next one is a duplicate.</summary>
    Published,

    /// <summary>QoS 2: PUBREC came; from here on PUBREL is sent and never PUBLISH again (MQTT5-4.3.3-6).</summary>
    Received,
}
