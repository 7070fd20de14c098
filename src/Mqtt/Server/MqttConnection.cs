using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Sessions;
using Microsoft.AspNetCore.Connections;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// The life of one connection. Two loops: reading (this method, <see cref="PacketLoop"/>) and writing (<see cref="WritingLoop"/>, which has no
/// thread while there is nothing to send); between them the order of answers. The end, whoever brings it about, goes in this order:
/// <code>
///   1. reading stops;
///   2. everything read is decided, its answers are sent if there is still someone to send to;
///   3. Drained: a connection that took this one over goes on;
///   4. the broker hears that the connection ended and why (the will is decided there);
///   5. DISCONNECT with the reason (5.0), then what the client still sends is read and thrown away until it closes: closing a socket
///      with unread bytes makes TCP throw away what we have just sent.
/// </code>
/// </summary>
internal sealed class MqttConnection : ISessionLink
{
    // Step 5 ends with the client's close; with one that does not close, at a beat of the heart.
    private const int LingerSeconds = 1;

    // From accept to CONNECT where the answer is no: there is no room.
    private const int NoRoomDeadlineSeconds = 2;

    private readonly MqttServerParts _parts;
    private readonly bool _hasRoom;
    private readonly ConnectionContext _connection;
    private readonly ConnectionFate _fate;
    private readonly KeepAliveClock _clock;
    private readonly WritingLoop _writing;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _client = "";
    private bool _isLingering;

    /// <param name="hasRoom">False: there are as many connections as may be; the client is told so, and that is all.</param>
    public MqttConnection(MqttServerParts parts, ConnectionContext connection, bool hasRoom)
    {
        (_parts, _connection, _hasRoom) = (parts, connection, hasRoom);
        _fate = new ConnectionFate(connection.Transport.Input);
        var deadline = hasRoom ? parts.Options.ConnectDeadlineSeconds : Math.Min(NoRoomDeadlineSeconds, parts.Options.ConnectDeadlineSeconds);
        _clock = new KeepAliveClock(parts.Time, TimeSpan.FromSeconds(deadline));
        _writing = new WritingLoop(parts, connection.Transport.Output, _fate);
    }

    public bool IsBusy => _writing.Outgoing.IsBusy;

    public bool IsPaused => _clock.IsPaused;

    public bool IsEnding => _fate.IsEnding;

    public TimeSpan SilentFor => _clock.SilentFor;

    public Task Drained => _drained.Task;

    public void Deliver(in Delivery delivery)
    {
        _writing.Outgoing.Add(new OutgoingItem(delivery, 0, ReasonCode.Success));
        _writing.Wake();
    }

    public void Release(ushort packetId, ReasonCode reason)
    {
        _writing.Outgoing.Add(new OutgoingItem(default, packetId, reason));
        _writing.Wake();
    }

    public void TakenOver() => _fate.End(ConnectionEnd.TakenOver);

    public void End(ConnectionEnd why) => _fate.End(why);

    /// <summary>At the end of patience: nothing more is sent.</summary>
    public void Abort() => _connection.Abort(new ConnectionAbortedException("the MQTT server ends the connection"));

    public void Tick(long now)
    {
        if (_writing.IsStalled(now))
        {
            if (!_fate.IsEnding)
                _parts.Log.NeverReads(_client, _parts.Options.StalledWriteSeconds);
            _fate.End(ConnectionEnd.Stalled);
            Abort();
        }
        else if (_clock.IsOver(now))
        {
            _fate.End(_client.Length == 0 ? ConnectionEnd.NoConnect : ConnectionEnd.Silent);
            if (Volatile.Read(ref _isLingering))
                Abort();
        }
    }

    /// <summary>The boundary of everything that happens on a connection.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _parts.Metrics.Opened();
        ConnectionTerms? terms = null;
        PublishHandler? publishes = null;
        PacketLoop? packets = null;
        try
        {
            if (await new ConnectHandler(_parts, _connection, _fate, _hasRoom).RunAsync(this, cancellation) is { } reply)
            {
                terms = reply.Terms;
                if (terms is not null)
                {
                    _client = terms.Peer.ClientId;
                    publishes = new PublishHandler(_parts, terms, _writing.Answers, _fate);
                    packets = new PacketLoop(_parts, terms, publishes, _fate, _clock, _writing);
                    _clock.Begin(terms.KeepAliveSeconds);
                }
                _writing.Open(reply.Version, reply.Connack, terms, publishes);
                if (packets is not null)
                    await packets.RunAsync(_connection.Transport.Input, cancellation);
            }
        }
        catch (Exception e)
        {
            Failed(e);
        }

        try
        {
            await FinishAsync(terms, publishes, packets);
        }
        catch (Exception e)
        {
            Failed(e);
        }
        finally
        {
            _drained.TrySetResult();
            var why = _fate.Why ?? ConnectionEnd.Lost;
            _parts.Metrics.Closed(why.Name);
            _parts.Log.ConnectionClosed(_client, why.Name, why.Detail);
        }
    }

    private void Failed(Exception cause)
    {
        switch (cause)
        {
            case IOException or OperationCanceledException or ObjectDisposedException:
                _fate.End(ConnectionEnd.Lost);
                break;
            case BrokerStoppedException:
                _parts.Log.StoreStopped(_client);
                _fate.End(ConnectionEnd.Failed);
                break;
            default:
                _parts.Log.ConnectionFailed(cause, _client);
                _fate.End(ConnectionEnd.Failed);
                break;
        }
    }

    private async Task FinishAsync(ConnectionTerms? terms, PublishHandler? publishes, PacketLoop? packets)
    {
        var why = _fate.Why ?? ConnectionEnd.Lost;
        await _writing.DrainAsync();
        if (publishes is not null)
            await publishes.CloseAsync();
        _drained.TrySetResult();
        if (terms is not null)
            await _parts.Broker.CloseAsync(terms.Session, why.Close, packets?.NewExpirySeconds);

        var tells = terms is { IsV5: true } && why.Tell != ReasonCode.Success;
        await _writing.FinishAsync(tells ? new DisconnectPacket(why.Tell) { ReasonString = terms!.TellsProblems ? why.Detail : null } : null);
        await LingerAsync();
        await _connection.Transport.Output.CompleteAsync();
    }

    private async Task LingerAsync()
    {
        var input = _connection.Transport.Input;
        _clock.Begin(LingerSeconds);
        Volatile.Write(ref _isLingering, true);
        while (true)
        {
            var result = await input.ReadAsync();
            input.AdvanceTo(result.Buffer.End);
            // Cancelled once by what ended the connection; a second time there is nobody who would.
            if (result.IsCompleted)
                return;
        }
    }
}
