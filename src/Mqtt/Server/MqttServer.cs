using System.Collections.Concurrent;
using EdgeEnforcement.Mqtt.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// MQTT on Kestrel's connections (TCP or TLS, as the listener says). Holds every connection, beats the heart that judges silence, and ends
/// them all at shutdown with a word (0x8B).
/// </summary>
public sealed class MqttServer : ConnectionHandler, IAsyncDisposable
{
    /// <summary>Keep Alive counts in seconds.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // So many above the most are told why, at once; what comes beyond them is closed without a word. Memory and time for them are bounded
    // by this and by the deadline of MqttConnection.
    private const int ToldAbove = 64;

    private readonly MqttServerParts _parts;
    private readonly ConcurrentDictionary<MqttConnection, Task> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly CancellationTokenSource _stopHeart = new(); // after the last connection: a client that does not close is ended by it
    private Task _heart = Task.CompletedTask;
    private int _stopped;

    public MqttServer(
        IOptions<MqttServerOptions> options, MqttServerFaces faces, MqttServerMetrics metrics, TimeProvider time, ILogger<MqttServer> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faces);
        _parts = new MqttServerParts(options.Value, faces.Broker, faces.Access, faces.Intake, metrics, time, log);
    }

    public int ConnectionCount => _connections.Count;

    /// <summary>Connections that wait for room, and are not read meanwhile.</summary>
    public int PausedCount => _connections.Keys.Count(connection => connection.IsPaused);

    /// <summary>Connections that were told to end and have not yet.</summary>
    public int EndingCount => _connections.Keys.Count(connection => connection.IsEnding);

    public void Start() => _heart = Task.Run(BeatAsync);

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var above = _connections.Count - _parts.Options.MaximumConnections;
        var mqtt = new MqttConnection(_parts, connection, hasRoom: above < 0);
        if (above >= ToldAbove)
            mqtt.End(ConnectionEnd.TooMany);
        var life = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[mqtt] = life.Task;
        // After it is in the list: a shutdown either finds it there or was seen here.
        if (_stop.IsCancellationRequested)
            mqtt.End(ConnectionEnd.ShuttingDown);
        // Kestrel's own word that it is closing: it waits for us then.
        using var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            .UnsafeRegister(static state => ((MqttConnection)state!).End(ConnectionEnd.ShuttingDown), mqtt);
        try
        {
            await mqtt.RunAsync(_cut.Token);
        }
        finally
        {
            _connections.TryRemove(mqtt, out _);
            life.SetResult();
        }
    }

    /// <summary>What the heart does at each beat; a test with its own time does it itself.</summary>
    public async Task TickAsync()
    {
        var now = _parts.Time.GetTimestamp();
        foreach (var (connection, _) in _connections)
            connection.Tick(now);
        await _parts.Broker.TickAsync(_parts.Time.GetUtcNow());
    }

    /// <summary>Tells every client, waits for what was read to be decided and answered, then cuts what is left.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        await _stop.CancelAsync();
        foreach (var (connection, _) in _connections)
            connection.End(ConnectionEnd.ShuttingDown);
        var ended = Task.WhenAll(_connections.Values);
        try
        {
            await ended.WaitAsync(TimeSpan.FromSeconds(_parts.Options.ShutdownSeconds), _parts.Time);
        }
        catch (TimeoutException)
        {
            _parts.Log.CutAtShutdown(_connections.Count);
            await _cut.CancelAsync();
            foreach (var (connection, _) in _connections)
                connection.Abort();
            await ended;
        }
        await _stopHeart.CancelAsync();
        await _heart;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _cut.Dispose();
        _stopHeart.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Beat, _parts.Time);
        while (!_stopHeart.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(_stopHeart.Token);
                await TickAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (BrokerStoppedException)
            {
                return; // the host stops for it
            }
            catch (Exception e)
            {
                _parts.Log.HeartbeatFailed(e);
            }
        }
    }
}
