using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Mqtt.Tests.Sessions.Model;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Sessions.Faults;

/// The clients of the model on a path through the session log; they hold the broker to what it promised them.
internal sealed class SessionScenario : IFaultScenario
{
    private readonly BrokerFixture _fixture = new();
    private readonly Func<SessionScenario, Task> _prepare;
    private readonly Func<SessionScenario, Task> _work;
    private bool _isOpen;

    public SessionScenario(Func<SessionScenario, Task> prepare, Func<SessionScenario, Task> work)
    {
        (_prepare, _work) = (prepare, work);
        _fixture.Options.SegmentBytes = 1_024;
        _fixture.Options.SnapshotTailBytes = 1 << 20;
        Model = new SessionModel(_fixture);
        Model.AddClients();
    }

    public ShadowFileSystem Disk => _fixture.Disk;

    public BrokerOptions Options => _fixture.Options;

    public SessionModel Model { get; }

    public Task PrepareAsync() => _prepare(this);

    public Task WorkAsync() => _work(this);

    public Task OpenAsync()
    {
        _fixture.Open();
        _isOpen = true;
        return Task.CompletedTask;
    }

    /// Everybody is there and subscribed.
    public async Task BeginAsync()
    {
        await OpenAsync();
        foreach (var client in Model.Clients)
        {
            await client.ConnectAsync();
            await client.SubscribeAsync("t/0");
            await client.SubscribeAsync("r/0");
        }
    }

    public async Task CloseAsync()
    {
        _isOpen = false;
        Model.Disconnected();
        await _fixture.CloseAsync();
    }

    public Task TickAsync() => _fixture.TickAsync();

    /// Every step of a QoS 1 and a QoS 2 exchange in both directions.
    public async Task ExchangeAsync()
    {
        foreach (var client in Model.Clients)
        {
            await client.PublishAsync("t/0", QoS.ExactlyOnce);
            await client.PublishAsync("r/0", QoS.AtLeastOnce, retain: true);
            await client.ReleaseOneAsync();
            for (var i = 0; i < 4; i++)
                await client.ReceiveOneAsync();
        }
    }

    public async Task LetGoAsync()
    {
        Model.Disconnected();
        if (_isOpen)
            await _fixture.CloseAsync();
        _isOpen = false;
    }

    public async Task CheckAsync()
    {
        await OpenAsync();
        await Model.FinishAsync();
        await Model.VerifyAsync();
        await ExchangeAsync();
        await Model.FinishAsync();
        await Model.VerifyAsync();
        await TickAsync(); // what was given to an application is not taken back by the next power cut
    }
}
