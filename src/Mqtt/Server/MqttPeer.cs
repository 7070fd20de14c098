namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Who is at the other end, as access found it. Access may keep what it knows in a type of its own.</summary>
public class MqttPeer(string clientId)
{
    public string ClientId { get; } = clientId;
}
