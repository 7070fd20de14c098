using EdgeEnforcement.Testing.Servers;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

public sealed class NatsTests : ForeignServerTests, IAsyncLifetime
{
    private readonly Nats _server = new();

    private protected override int Port => _server.Port;

    private protected override MqttVersion Version => MqttVersion.V311;

    public ValueTask InitializeAsync() => new(_server.StartAsync(TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
