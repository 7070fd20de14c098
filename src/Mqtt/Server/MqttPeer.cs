namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Who is at the other end, as access found it. Access may keep what it knows in a type of its own.</summary>
public class MqttPeer(string clientId)
{
    public string ClientId { get; } = clientId;

    /// <summary>What this client's link shares with others, so that they go together when it fails; null: nobody watches this client.</summary>
    public string? Gateway { get; init; }
}
