namespace EdgeEnforcement.Mqtt.Server;

/// <summary>A peer, or the reason why there is none: exactly one of them.</summary>
public readonly record struct ConnectDecision(MqttPeer? Peer, ReasonCode Reason)
{
    public static ConnectDecision Admit(MqttPeer peer) => new(peer, ReasonCode.Success);

    public static ConnectDecision Refuse(ReasonCode reason) => new(null, reason);
}
