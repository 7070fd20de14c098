namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Who may connect, and which topics are his. Answers from memory, on any thread.</summary>
public interface IMqttAccess
{
    ConnectDecision Connect(ConnectRequest request);

    bool MayPublish(MqttPeer peer, string topic);

    /// <summary>The whole filter: every topic it matches must be the peer's. Without <c>$share/{name}/</c>.</summary>
    bool MaySubscribe(MqttPeer peer, string filter);
}
