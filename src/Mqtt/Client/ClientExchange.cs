using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>
/// The session as this side knows it, over all connections: publishes without an answer, and the identifiers of QoS 2 that were taken and not
/// released (MQTT5-4.1.0-1). Between connections it rests; on one, everything that is written goes through here, in one order, under one lock.
///
///   to the server      QoS 1  PUBLISH ... PUBACK                       QoS 2  PUBLISH ... PUBREC PUBREL ... PUBCOMP
///   from the server    QoS 1  PUBLISH, taken by the listener, PUBACK   QoS 2  PUBLISH, taken, remembered + PUBREC ... PUBREL, forgotten + PUBCOMP
///
/// A duplicate of QoS 2 that is remembered is answered and not taken again (method A of 4.3.3). A crash of the process forgets:
/// what must be exactly-once over restarts has an identity of its own.
/// </summary>
internal sealed class ClientExchange
{
    private readonly Lock _lock = new();
    private readonly Action _finished;
    private readonly PacketIds _ids = new();
    private readonly OutgoingWindow _outgoing;
    private readonly HashSet<ushort> _received = [];
    private bool _closed;

    // The current connection's; null between connections.
    private ConnectionOutput? _output;
    private ConnectionTerms? _terms;
    private PublishWriter? _publishes;
    private ushort _subscribing;
    private int _held;

    /// <param name="finished">Called once for each ticket, before it completes.</param>
    public ClientExchange(Action finished)
    {
        _finished = finished;
        _outgoing = new OutgoingWindow(_ids);
    }

    /// <summary>A connection stands: subscriptions first, then what was unanswered, then what waits.</summary>
    public void Begin(ConnectionOutput output, ConnectionTerms terms, IReadOnlyList<MqttSubscription> subscriptions)
    {
        List<FinishedPublish>? finished = null;
        lock (_lock)
        {
            (_output, _terms, _publishes, _held) = (output, terms, new PublishWriter(terms), 0);
            if (!terms.SessionPresent)
                _received.Clear();
            foreach (var lost in _outgoing.Begin(terms.SessionPresent, terms.Quota))
                Add(ref finished, lost, PublishResultKind.SessionLost, ReasonCode.Success);
            if (subscriptions.Count > 0)
            {
                _subscribing = _ids.Take();
                var entries = subscriptions.Select(s => new SubscribeEntry(s.Filter, s.Options)).ToList();
                PacketFormatter.WriteSubscribe(output.Writer, terms.Version, new SubscribePacket(_subscribing, entries), terms.PacketLimitBytes);
            }
            Send_NeedsLock(ref finished);
            output.Signal();
        }
        Finish(finished);
    }

    public void End()
    {
        lock (_lock)
        {
            (_output, _terms, _publishes) = (null, null, null);
            if (_subscribing != 0)
                _ids.GiveBack(_subscribing);
            _subscribing = 0;
        }
    }

    /// <summary>False after <see cref="Close"/>.</summary>
    public bool TryAdd(OutgoingMessage message)
    {
        List<FinishedPublish>? finished = null;
        lock (_lock)
        {
            if (_closed)
                return false;
            _outgoing.Add(message);
            Send_NeedsLock(ref finished);
        }
        Finish(finished);
        return true;
    }

    /// <summary>What the network is to take now. It stands until the next call; then there is room again for what waits.</summary>
    public ReadOnlyMemory<byte> SwapOutput(ConnectionOutput output)
    {
        List<FinishedPublish>? finished = null;
        ReadOnlyMemory<byte> leaving;
        lock (_lock)
        {
            leaving = output.Swap();
            if (_output == output)
                Send_NeedsLock(ref finished);
        }
        Finish(finished);
        return leaving;
    }

    /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP came.</summary>
    public void Take(in AckPacket ack)
    {
        List<FinishedPublish>? finished = null;
        lock (_lock)
        {
            if (Decide_NeedsLock(ack) is { } ended)
            {
                var kind = ack.Reason < ReasonCode.UnspecifiedError ? PublishResultKind.Acknowledged : PublishResultKind.Refused;
                (finished ??= []).Add(new FinishedPublish(ended, new PublishResult(kind, ack.Reason, ack.ReasonString, ack.UserProperties)));
            }
            Send_NeedsLock(ref finished);
        }
        Finish(finished);
    }

    /// <summary>True when the SUBACK is the one that is awaited.</summary>
    public bool TakeSuback(ushort packetId)
    {
        lock (_lock)
        {
            if (packetId != _subscribing)
                return false;
            _ids.GiveBack(_subscribing);
            _subscribing = 0;
            return true;
        }
    }

    /// <summary>
    /// A PUBLISH of QoS 1 or 2 came. <paramref name="isNew"/>: the listener is to take it; else it did so before, and its PUBREC is written again.
    /// False: it is one more than the Receive Maximum allows (MQTT5-3.3.4-9).
    /// </summary>
    public bool TryAdmit(QoS qos, ushort packetId, int receiveMaximum, out bool isNew)
    {
        lock (_lock)
        {
            isNew = qos != QoS.ExactlyOnce || !_received.Contains(packetId);
            if (_held >= receiveMaximum)
                return false;
            _held++;
            if (!isNew)
                Answer_NeedsLock(new AckPacket(PacketType.Pubrec, packetId));
            return true;
        }
    }

    /// <summary>The listener has taken a message: it is the moment to say so, if that connection still stands.</summary>
    public void Taken(ConnectionOutput output, QoS qos, ushort packetId)
    {
        lock (_lock)
        {
            if (qos == QoS.ExactlyOnce)
                _received.Add(packetId);
            if (_output != output)
                return;
            if (qos == QoS.AtLeastOnce)
                _held--;
            Answer_NeedsLock(new AckPacket(qos == QoS.ExactlyOnce ? PacketType.Pubrec : PacketType.Puback, packetId));
        }
    }

    public void Ping()
    {
        lock (_lock)
        {
            if (_output is not { } output)
                return;
            PacketFormatter.WritePingreq(output.Writer);
            output.Signal();
        }
    }

    /// <summary>The last packet of this connection: nothing is written after it (MQTT5-3.14.4-2).</summary>
    public void WriteDisconnect(ReasonCode reason)
    {
        lock (_lock)
        {
            if (_output is not { } output || _terms is not { } terms)
                return;
            PacketFormatter.WriteDisconnect(output.Writer, terms.Version, new DisconnectPacket(reason), terms.PacketLimitBytes);
            output.Signal();
            _output = null;
        }
    }

    public void Close()
    {
        List<FinishedPublish>? finished = null;
        lock (_lock)
        {
            _closed = true;
            foreach (var rest in _outgoing.Clear())
                Add(ref finished, rest, PublishResultKind.Closed, ReasonCode.Success);
        }
        Finish(finished);
    }

    private OutgoingMessage? Decide_NeedsLock(in AckPacket ack)
    {
        switch (ack.Type)
        {
            case PacketType.Puback:
                return _outgoing.End(ack.PacketId, OutgoingState.Published, QoS.AtLeastOnce);
            case PacketType.Pubrec when ack.Reason >= ReasonCode.UnspecifiedError:
                return _outgoing.End(ack.PacketId, OutgoingState.Published, QoS.ExactlyOnce);
            case PacketType.Pubrec:
                // Also for one we do not know: the server can forget it then (MQTT5 3.6.2.1).
                Answer_NeedsLock(new AckPacket(
                    PacketType.Pubrel, ack.PacketId, _outgoing.Receive(ack.PacketId) ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound));
                return null;
            case PacketType.Pubcomp:
                return _outgoing.End(ack.PacketId, OutgoingState.Received, QoS.ExactlyOnce);
            default:
                // A PUBREL of an earlier connection's message was not counted on this one.
                _held = Math.Max(0, _held - 1);
                Answer_NeedsLock(new AckPacket(
                    PacketType.Pubcomp, ack.PacketId, _received.Remove(ack.PacketId) ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound));
                return null;
        }
    }

    private void Answer_NeedsLock(in AckPacket answer)
    {
        if (_output is not { } output || _terms is not { } terms)
            return;
        PacketFormatter.WriteAck(output.Writer, terms.Version, answer, terms.PacketLimitBytes);
        output.Signal();
    }

    /// Writes what window, buffer and server allow.
    private void Send_NeedsLock(ref List<FinishedPublish>? finished)
    {
        if (_output is not { } output || _publishes is not { } publishes || _terms is not { } terms)
            return;
        while (output.HasRoom && _outgoing.TakeNext() is { } next)
        {
            output.Signal();
            if (next.State == OutgoingState.Received)
            {
                PacketFormatter.WriteAck(output.Writer, terms.Version, new AckPacket(PacketType.Pubrel, next.PacketId), terms.PacketLimitBytes);
                continue;
            }
            var reason = publishes.Write(output, next);
            if (reason != ReasonCode.Success)
            {
                _outgoing.GiveUp(next);
                Add(ref finished, next, PublishResultKind.Refused, reason);
            }
            else if (next.PacketId == 0)
            {
                Add(ref finished, next, PublishResultKind.Acknowledged, ReasonCode.Success);
            }
            else
            {
                next.State = OutgoingState.Published;
            }
        }
    }

    private static void Add(ref List<FinishedPublish>? finished, OutgoingMessage message, PublishResultKind kind, ReasonCode reason) =>
        (finished ??= []).Add(new FinishedPublish(message, new PublishResult(kind, reason)));

    private void Finish(List<FinishedPublish>? finished)
    {
        foreach (var (message, result) in finished ?? [])
        {
            _finished();
            message.Finish(result);
        }
    }
}
