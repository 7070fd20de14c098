using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>A client as the access rules found it.</summary>
/// <param name="address">In gRPC's form, which <c>IPeerIdentity</c> reads: "ipv4:127.0.0.1:5000".</param>
internal sealed class DoorPeer(string clientId, string address, IReadOnlyList<string> publish, IReadOnlyList<string> subscribe) : MqttPeer(clientId)
{
    public string Address { get; } = address;

    public IReadOnlyList<string> PublishFilters { get; } = publish;

    public IReadOnlyList<string> SubscribeFilters { get; } = subscribe;
}
