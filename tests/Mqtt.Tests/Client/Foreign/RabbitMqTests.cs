namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

public sealed class RabbitMqTests(RabbitMqFixture server) : ForeignServerTests, IClassFixture<RabbitMqFixture>
{
    private protected override int Port => server.Port;

    private protected override MqttVersion Version => MqttVersion.V311;
}
