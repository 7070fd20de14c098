namespace EdgeEnforcement.Mqtt;

/// <summary>The protocol level byte of CONNECT (3.1.1 and 5.0, section 3.1.2.2).</summary>
public enum MqttVersion : byte
{
    V311 = 4,
    V5 = 5,
}
