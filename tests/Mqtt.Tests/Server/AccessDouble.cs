using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.Mqtt.Tests.Server;

/// Everyone may everything, except a client called "stranger" and topics below "secret/".
internal sealed class AccessDouble : IMqttAccess
{
    public ConnectDecision Connect(ConnectRequest request) => request.ClientId == "stranger"
        ? ConnectDecision.Refuse(ReasonCode.NotAuthorized)
        : ConnectDecision.Admit(new MqttPeer(request.ClientId));

    public bool MayPublish(MqttPeer peer, string topic) => !topic.StartsWith("secret/", StringComparison.Ordinal);

    public bool MaySubscribe(MqttPeer peer, string filter) => !filter.StartsWith("secret/", StringComparison.Ordinal);
}
