using EdgeEnforcement.Mqtt.Client;

namespace EdgeEnforcement.Mqtt.Tests.Client;

/// <summary>A client that keeps a connection to a port of this machine until it is disposed, reconnecting at once.</summary>
internal sealed class RunningClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _run;

    public RunningClient(int port, MqttClientOptions options, TimeProvider? time = null, IMqttDialer? dialer = null)
    {
        var shortWaits = options with { BackoffMinimum = TimeSpan.FromMilliseconds(1), BackoffMaximum = TimeSpan.FromMilliseconds(50) };
        Client = new MqttClient(shortWaits, dialer ?? new TcpDialer("127.0.0.1", port), Ear, time ?? TimeProvider.System, () => 0.5);
        _run = Client.RunAsync(_end.Token);
    }

    public Ear Ear { get; } = new();

    public MqttClient Client { get; }

    public Task<Task<PublishResult>> PublishAsync(string topic, QoS qos, int payloadBytes = 0) =>
        Client.PublishAsync(new ApplicationMessage { Topic = topic, QoS = qos, Payload = new byte[payloadBytes] }, TestContext.Current.CancellationToken).AsTask();

    /// <summary>DISCONNECT and the end of the run; the client's tickets stay.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run.ContinueWith(static _ => { }, TaskScheduler.Default);
        await Client.DisposeAsync();
        _end.Dispose();
    }
}
