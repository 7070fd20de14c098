namespace EdgeEnforcement.Mqtt.Client;

internal enum KeepAliveStep
{
    None,
    Ping,
    Dead,
}
