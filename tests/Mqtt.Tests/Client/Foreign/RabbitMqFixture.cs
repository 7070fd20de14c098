using EdgeEnforcement.Testing.Servers;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

public sealed class RabbitMqFixture : IAsyncLifetime
{
    private readonly RabbitMq _server = new();

    public int Port => _server.Port;

    public ValueTask InitializeAsync() => new(_server.StartAsync(TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
