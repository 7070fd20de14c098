namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

public sealed class NatsTests : ForeignServerTests, IAsyncLifetime
{
    private readonly Nats _server = new();

    private protected override int Port => _server.Port;

    private protected override MqttVersion Version => MqttVersion.V311;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
