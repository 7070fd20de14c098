using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>
/// A client for one session, over as many connections as it takes. Everything it holds is bounded: tickets by the window, deliveries by the
/// Receive Maximum, bytes by the buffer. What is full waits. Nothing is kept over a restart of the process: who needs that publishes from a
/// log of his own and moves on by the tickets.
/// </summary>
public sealed class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly IMqttDialer _dialer;
    private readonly IMqttListener _listener;
    private readonly TimeProvider _time;
    private readonly ReconnectBackoff _backoff;
    private readonly ClientExchange _exchange;

    [SuppressMessage("Usage", "CA2213", Justification = "It holds nothing while nobody asks for its wait handle, and a publish may wait on it while the client closes.")]
    private readonly SemaphoreSlim _room;
    private bool _hasConnected;
    private bool _isSubscribed;

    /// <param name="options">What to ask of the server.</param>
    /// <param name="dialer">The way there.</param>
    /// <param name="listener">Who takes what comes.</param>
    /// <param name="time">For keep-alive, time-outs and waits.</param>
    /// <param name="random">Uniform in [0, 1): the jitter of the waits.</param>
    public MqttClient(MqttClientOptions options, IMqttDialer dialer, IMqttListener listener, TimeProvider time, Func<double> random)
    {
        options.Check();
        (_options, _dialer, _listener, _time) = (options, dialer, listener, time);
        _backoff = new ReconnectBackoff(options.BackoffMinimum, options.BackoffMaximum, random);
        _room = new SemaphoreSlim(options.Window, options.Window);
        _exchange = new ClientExchange(() => _room.Release());
    }

    /// <summary>Keeps a connection for ever: again after a back-off, whatever ended the last one. Ends when cancelled, with DISCONNECT.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var since = _time.GetTimestamp();
            try
            {
                await RunOnceAsync(cancellation);
            }
            catch (MqttDisconnectedException e)
            {
                if (_time.GetElapsedTime(since) >= _options.StableAfter)
                    _backoff.Reset();
                var wait = _backoff.Next();
                _listener.Disconnected(e.Cause, wait);
                await Task.Delay(wait, _time, cancellation);
            }
        }
    }

    /// <summary>One connection, from dialling to its end, which is always an exception. For callers that wait and retry by their own rules.</summary>
    /// <exception cref="MqttDisconnectedException">It ended, or did not come about.</exception>
    public async Task RunOnceAsync(CancellationToken cancellation)
    {
        try
        {
            await ConnectAndRunAsync(cancellation);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new MqttDisconnectedException(
                DisconnectKind.Unreachable, ReasonCode.Success, $"no answer to CONNECT within {_options.ConnectTimeout.TotalSeconds:F0} s", e);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is IOException or SocketException)
        {
            throw new MqttDisconnectedException(DisconnectKind.ConnectionLost, ReasonCode.Success, e.Message, e);
        }
    }

    /// <summary>
    /// Returns when the window has room; the ticket completes with what became of it. Messages leave in the order of these calls, and what
    /// was not answered when a connection ended goes again in the same order, QoS 2 only if the server still has the session.
    /// </summary>
    public async ValueTask<Task<PublishResult>> PublishAsync(ApplicationMessage message, CancellationToken cancellation)
    {
        PublishWriter.Check(message, _options.Version);
        await _room.WaitAsync(cancellation);
        var outgoing = new OutgoingMessage(message);
        if (_exchange.TryAdd(outgoing))
            return outgoing.Ticket;
        _room.Release();
        return Task.FromResult(new PublishResult(PublishResultKind.Closed, ReasonCode.Success));
    }

    /// <summary>Tickets that are still open complete as closed. The caller has ended and awaited the run before.</summary>
    public ValueTask DisposeAsync()
    {
        _exchange.Close();
        return ValueTask.CompletedTask;
    }

    private async Task ConnectAndRunAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        await using var stream = await DialAsync(either.Token);
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            // A later connection takes up the session of the one before, if it is kept at all.
            var cleanStart = _options.CleanStart && !(_hasConnected && _options.KeepsSession);
            var terms = await ClientHandshake.RunAsync(_options, cleanStart, stream, input, either.Token);
            var subscribe = !_isSubscribed || !terms.SessionPresent;
            var connection = new ClientConnection(_options, _exchange, terms, _listener, () => Connected(terms), _time);
            _hasConnected = true;
            await connection.RunAsync(stream, input, subscribe, cancellation);
        }
        finally
        {
            await input.CompleteAsync();
        }
    }

    private void Connected(ConnectionTerms terms)
    {
        _isSubscribed = true;
        _listener.Connected(terms.SessionPresent);
    }

    private async Task<Stream> DialAsync(CancellationToken cancellation)
    {
        try
        {
            return await _dialer.DialAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            throw new MqttDisconnectedException(DisconnectKind.Unreachable, ReasonCode.Success, e.Message, e);
        }
    }
}
