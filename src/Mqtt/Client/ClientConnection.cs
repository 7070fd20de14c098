using System.IO.Pipelines;
using System.Threading.Channels;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>
/// One connection that the server has accepted: a loop that reads, one that writes, one that hands messages to the listener, and the heartbeat.
/// The first that ends, ends them all, and its reason is the connection's. Where we end it, what is written leaves first, DISCONNECT last;
/// on 3.1.1 DISCONNECT only says goodbye, so a fault is told by closing.
/// </summary>
internal sealed class ClientConnection
{
    // A peer that does not read must not hold us up when we leave.
    private static readonly TimeSpan LeavingPatience = TimeSpan.FromSeconds(2);

    private readonly MqttClientOptions _options;
    private readonly ClientExchange _exchange;
    private readonly ConnectionTerms _terms;
    private readonly IMqttListener _listener;
    private readonly TimeProvider _time;
    private readonly ConnectionOutput _output;
    private readonly Channel<IncomingDelivery> _deliveries;
    private readonly KeepAliveWatch _watch;
    private readonly PacketDispatch _dispatch;
    private readonly Action _connected;
    private bool _isReadingPaused;

    public ClientConnection(
        MqttClientOptions options, ClientExchange exchange, ConnectionTerms terms, IMqttListener listener, Action connected, TimeProvider time)
    {
        (_options, _exchange, _terms, _listener, _connected, _time) = (options, exchange, terms, listener, connected, time);
        _output = new ConnectionOutput(options.BufferBytes);
        _deliveries = Channel.CreateBounded<IncomingDelivery>(new BoundedChannelOptions(options.ReceiveMaximum) { SingleReader = true, SingleWriter = true });
        _watch = new KeepAliveWatch(terms.KeepAlive, time);
        _dispatch = new PacketDispatch(options, exchange, _deliveries, Subscribed);
    }

    /// <summary>Ends with the reason why, always by an exception.</summary>
    public async Task RunAsync(Stream stream, PipeReader input, bool subscribe, CancellationToken cancellation)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var writing = new CancellationTokenSource();
        var subscriptions = subscribe ? _options.Subscriptions : [];
        _exchange.Begin(_output, _terms, subscriptions);
        var writer = WriteAsync(stream, writing.Token);
        Task[] others = [ReadAsync(input, reading.Token), DeliverAsync(reading.Token), BeatAsync(reading.Token)];
        try
        {
            if (subscriptions.Count == 0)
                _connected();
            await await Task.WhenAny([writer, .. others]);
        }
        catch (Exception e)
        {
            await LeaveAsync(e, writer, cancellation);
            throw;
        }
        finally
        {
            _exchange.End();
            await writing.CancelAsync();
            await reading.CancelAsync();
            _deliveries.Writer.TryComplete();
            foreach (var task in others.Append(writer))
                await task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task LeaveAsync(Exception reason, Task writer, CancellationToken cancellation)
    {
        if (Farewell(reason, cancellation.IsCancellationRequested) is not { } farewell)
            return;
        _exchange.WriteDisconnect(farewell);
        _output.Complete();
        using var over = new CancellationTokenSource();
        await Task.WhenAny(writer, Task.Delay(LeavingPatience, _time, over.Token));
        await over.CancelAsync();
    }

    /// Null: leave without a word; the other side is gone, or 3.1.1 has no word for it.
    private ReasonCode? Farewell(Exception reason, bool isOurWish)
    {
        if (isOurWish)
            return ReasonCode.Success;
        var cause = (reason as MqttDisconnectedException)?.Cause;
        return cause?.Kind switch
        {
            DisconnectKind.SubscriptionRefused => ReasonCode.Success,
            DisconnectKind.ProtocolViolation or DisconnectKind.ListenerFailed when _terms.Version == MqttVersion.V5 => cause.Reason,
            _ => null,
        };
    }

    private async Task ReadAsync(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            _watch.Received();
            var buffer = read.Buffer;
            var isTaken = false;
            try
            {
                isTaken = _dispatch.TakeAll(ref buffer);
            }
            finally
            {
                input.AdvanceTo(buffer.Start, isTaken ? buffer.End : buffer.Start);
            }
            if (!isTaken)
                await WaitForListenerAsync(cancellation);
            else if (read.IsCompleted)
                throw new MqttDisconnectedException(DisconnectKind.ConnectionLost, ReasonCode.Success, "the server closed the connection");
        }
    }

    /// While we do not read, the server's silence is our own doing.
    private async Task WaitForListenerAsync(CancellationToken cancellation)
    {
        Volatile.Write(ref _isReadingPaused, true);
        await _deliveries.Writer.WaitToWriteAsync(cancellation);
        _watch.Received();
        Volatile.Write(ref _isReadingPaused, false);
    }

    /// Ends without a fault only after the output was completed, when the reason of the end is already known.
    private async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        var isMore = true;
        while (isMore)
        {
            isMore = await _output.WaitAsync(cancellation);
            while (_exchange.SwapOutput(_output) is { Length: > 0 } bytes)
            {
                await stream.WriteAsync(bytes, cancellation);
                _watch.Sent();
            }
            await stream.FlushAsync(cancellation);
        }
    }

    private async Task DeliverAsync(CancellationToken cancellation)
    {
        await foreach (var delivery in _deliveries.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await _listener.TakeAsync(delivery.Message, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                throw new MqttDisconnectedException(DisconnectKind.ListenerFailed, ReasonCode.ImplementationSpecificError, e.Message, e);
            }
            if (delivery.Message.QoS != QoS.AtMostOnce)
                _exchange.Taken(_output, delivery.Message.QoS, delivery.PacketId);
        }
    }

    private async Task BeatAsync(CancellationToken cancellation)
    {
        if (_watch.Interval <= TimeSpan.Zero)
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
        using var beats = new PeriodicTimer(_watch.Interval, _time);
        while (await beats.WaitForNextTickAsync(cancellation))
        {
            if (Volatile.Read(ref _isReadingPaused))
                _watch.Received();
            switch (_watch.Tick())
            {
                case KeepAliveStep.Ping:
                    _exchange.Ping();
                    break;
                case KeepAliveStep.Dead:
                    throw new MqttDisconnectedException(
                        DisconnectKind.KeepAliveTimeout, ReasonCode.KeepAliveTimeout, $"nothing came for {_terms.KeepAlive.TotalSeconds * 1.25:F0} s or more");
                case KeepAliveStep.None:
                    break;
            }
        }
    }

    private void Subscribed(SubackPacket answer)
    {
        for (var i = 0; i < _options.Subscriptions.Count; i++)
        {
            var subscription = _options.Subscriptions[i];
            var granted = i < answer.Reasons.Count ? answer.Reasons[i] : ReasonCode.UnspecifiedError;
            if ((byte)granted != (byte)subscription.Options.MaximumQoS)
                throw new MqttDisconnectedException(
                    DisconnectKind.SubscriptionRefused, granted, $"{subscription.Filter} was asked for at QoS {(byte)subscription.Options.MaximumQoS}: {answer.ReasonString ?? granted.ToString()}");
        }
        _connected();
    }
}
