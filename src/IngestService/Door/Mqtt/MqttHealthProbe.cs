using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

internal sealed class MqttHealthProbe(BrokerFace broker, MqttServer server, AlertFeed feed) : IHealthProbe
{
    public string Name => "mqtt";

    public HealthFinding Check() => new(broker.IsOpen && !broker.Completion.IsCompleted, new Dictionary<string, object>
    {
        ["connections"] = server.ConnectionCount,
        ["alertFeed"] = feed.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
    });
}
