using EdgeEnforcement.Mqtt.Sessions;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>What all connections share.</summary>
internal sealed record MqttServerParts(
    MqttServerOptions Options, IBroker Broker, IMqttAccess Access, IPublishIntake Intake, MqttServerMetrics Metrics, TimeProvider Time, ILogger Log);
