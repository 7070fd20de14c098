namespace EdgeEnforcement.Mqtt;

/// <summary>Quality of service, as it stands in the flags of PUBLISH (section 4.3). 3 is malformed [MQTT-3.3.1-4].</summary>
public enum QoS : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
