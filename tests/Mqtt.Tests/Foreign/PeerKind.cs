namespace EdgeEnforcement.Mqtt.Tests.Foreign;

/// <summary>A client library that is not ours, and the version of the protocol it speaks.</summary>
public enum PeerKind
{
    Paho311,
    Paho5,
    MqttJs311,
    MqttJs5,
}
