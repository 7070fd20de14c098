using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>What the server stands on and does not bring along.</summary>
public sealed record MqttServerFaces(IBroker Broker, IMqttAccess Access, IPublishIntake Intake);
