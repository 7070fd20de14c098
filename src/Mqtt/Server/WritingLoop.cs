using System.IO.Pipelines;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// The only one that writes to the socket. It has no thread while there is nothing to send: whoever has something calls <see cref="Wake"/>.
/// Each round writes all that is ready (CONNACK, answers in their order, PINGRESP, deliveries) and flushes once.
/// </summary>
/// <remarks>
/// When the client is gone the loop goes on without a socket: what is decided is taken out of the order and sent to nobody, so that the
/// reading loop and a take-over do not wait for ever.
/// </remarks>
internal sealed class WritingLoop : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int RunningAgain = 2;

    // What is written between two flushes: the size at which Kestrel's own buffer pushes back.
    private const int RoundBytes = 64 << 10;

    private readonly MqttServerParts _parts;
    private readonly PipeWriter _output;
    private readonly ConnectionFate _fate;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _run = Task.CompletedTask;
    private int _state;

    // Handed over by the connection.
    private ConnackPacket? _connack;
    private MqttVersion _version = MqttVersion.V311;
    private ConnectionTerms? _terms;
    private PublishHandler? _publishes;
    private bool _readingEnded;
    private DisconnectPacket? _last;
    private bool _completing;
    private int _pings;

    // Owned by the loop.
    private OutgoingAliases _aliases = new(0);
    private bool _isGone;
    private bool _isBroken;
    private bool _isOpen;
    private readonly Queue<(ushort PacketId, QoS QoS)> _oversize = [];
    private long _flushingSince; // 0: not

    public WritingLoop(MqttServerParts parts, PipeWriter output, ConnectionFate fate)
    {
        (_parts, _output, _fate) = (parts, output, fate);
        Answers = new AnswerQueue(parts.Options.WindowCount, Wake);
        Outgoing = new OutgoingQueue(parts.Options.OutgoingBufferBytes);
    }

    public AnswerQueue Answers { get; }

    public OutgoingQueue Outgoing { get; }

    /// <summary>Completes when reading has ended and everything read is answered, or will never be.</summary>
    public Task Drained => _drained.Task;

    public void Wake()
    {
        if (Interlocked.Exchange(ref _state, RunningAgain) == Idle)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>CONNACK, the first thing that is sent; with terms, the broker is then told that deliveries may begin.</summary>
    public void Open(MqttVersion version, ConnackPacket connack, ConnectionTerms? terms, PublishHandler? publishes)
    {
        (_version, _terms, _publishes) = (version, terms, publishes);
        Volatile.Write(ref _connack, connack);
        Wake();
    }

    public void Ping()
    {
        Interlocked.Increment(ref _pings);
        Wake();
    }

    public Task DrainAsync()
    {
        Volatile.Write(ref _readingEnded, true);
        Wake();
        return _drained.Task;
    }

    /// <summary>After <see cref="DrainAsync"/>: the last packet, if there is one, and nothing after it.</summary>
    public async Task FinishAsync(DisconnectPacket? last)
    {
        _last = last;
        Volatile.Write(ref _completing, true);
        Wake();
        await _finished.Task;
        await _run;
    }

    /// <summary>For the heartbeat.</summary>
    public bool IsStalled(long now) => Volatile.Read(ref _flushingSince) is var since and not 0
        && _parts.Time.GetElapsedTime(since, now).Ticks > TimeSpan.FromSeconds(_parts.Options.StalledWriteSeconds).Ticks;

    void IThreadPoolWorkItem.Execute() => _run = RunAsync();

    private async Task RunAsync()
    {
        do
        {
            Interlocked.Exchange(ref _state, Running);
            await RoundsAsync();
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Running) != Running);
    }

    /// The boundary of the loop: nothing is thrown out of it.
    private async ValueTask RoundsAsync()
    {
        try
        {
            while (WriteRound() || _oversize.Count > 0)
            {
                await FlushAsync();
                if (_oversize.Count > 0)
                    await AnswerForClientAsync(_terms!.Session); // only who has terms gets deliveries
            }
            if (_isOpen && Outgoing.TryBecomeReady())
                await _parts.Broker.ReadyAsync(_terms!.Session, CancellationToken.None); // open only with terms
        }
        catch (Exception e)
        {
            // A socket's error, or a broker that stopped: the reading loop's boundary tells it. Here the socket is done with.
            Leave(e is BrokerStoppedException ? ConnectionEnd.Failed : ConnectionEnd.Lost);
            DiscardAnswers();
        }
        FinishIfDue();
    }

    private bool WriteRound()
    {
        if (_isGone)
        {
            DiscardAnswers();
            return false;
        }
        var before = _output.UnflushedBytes;
        if (Volatile.Read(ref _connack) is { } connack)
            WriteConnack(connack);
        if (_terms is { } terms)
            WriteAnswers(terms);
        if (_terms is not null)
            WriteRest(_terms);
        if (Volatile.Read(ref _completing))
            WriteLast();
        return _output.UnflushedBytes > before;
    }

    /// Nothing comes after DISCONNECT [MQTT5-3.14.4-1].
    private void WriteLast()
    {
        if (_last is not { } last || !Answers.IsEmpty || !Outgoing.IsEmpty)
            return;
        PacketFormatter.WriteDisconnect(_output, _version, last, _terms?.OutgoingLimitBytes ?? PacketLimits.LargestPacketBytes);
        _last = null;
    }

    private void WriteRest(ConnectionTerms terms)
    {
        for (; Volatile.Read(ref _pings) > 0 && _output.UnflushedBytes < RoundBytes; Interlocked.Decrement(ref _pings))
            PacketFormatter.WritePingresp(_output);
        while (_output.UnflushedBytes < RoundBytes && Outgoing.TryTake(out var item))
        {
            if (item.IsRelease)
                PacketFormatter.WriteAck(_output, terms.Version, new AckPacket(PacketType.Pubrel, item.ReleasedId, item.Reason), terms.OutgoingLimitBytes);
            else
                WriteDelivery(terms, item.Delivery);
        }
    }

    private void WriteConnack(ConnackPacket connack)
    {
        PacketFormatter.WriteConnack(_output, _version, connack, _terms?.OutgoingLimitBytes ?? PacketLimits.LargestPacketBytes);
        Volatile.Write(ref _connack, null);
        _aliases = new OutgoingAliases(_terms?.OutgoingAliasMaximum ?? 0);
        _isOpen = _terms is not null;
    }

    private void WriteAnswers(ConnectionTerms terms)
    {
        var sent = 0;
        while (_output.UnflushedBytes < RoundBytes && Answers.TryPeek(out var ticket))
        {
            if (ticket.IsBroken && !_isBroken)
            {
                _isBroken = true;
                _fate.End(ConnectionEnd.Failed);
            }
            if (!_isBroken)
                _isBroken = !WriteAnswer(terms, ticket);
            Answers.Remove();
            sent++;
        }
        if (sent == 0)
            return;
        _parts.Metrics.Answered(sent);
        Answers.Removed();
    }

    /// False: it can only be said by ending the connection, and nothing after it is said at all.
    private bool WriteAnswer(ConnectionTerms terms, IntakeTicket ticket)
    {
        switch (ticket.Type)
        {
            case AnswerType.None:
                return true;
            case AnswerType.Puback or AnswerType.Pubrec:
                return WritePublishAnswer(terms, ticket);
            case AnswerType.PubrecAgain:
                var known = _publishes!.IsReceived(ticket.PacketId) ? ReasonCode.Success : ReasonCode.QuotaExceeded; // set with the terms
                PacketFormatter.WriteAck(_output, terms.Version, new AckPacket(PacketType.Pubrec, ticket.PacketId, known), terms.OutgoingLimitBytes);
                return true;
            case AnswerType.Pubcomp:
                PacketFormatter.WriteAck(_output, terms.Version, new AckPacket(PacketType.Pubcomp, ticket.PacketId, ticket.Answer.Reason), terms.OutgoingLimitBytes);
                return true;
            case AnswerType.Suback:
                PacketFormatter.WriteSuback(_output, terms.Version, new SubackPacket(ticket.PacketId, ticket.Reasons), terms.OutgoingLimitBytes);
                return true;
            case AnswerType.Unsuback:
                PacketFormatter.WriteUnsuback(_output, terms.Version, new UnsubackPacket(ticket.PacketId, ticket.Reasons), terms.OutgoingLimitBytes);
                return true;
            default:
                throw new InvalidOperationException($"there is no answer {ticket.Type}");
        }
    }

    private bool WritePublishAnswer(ConnectionTerms terms, IntakeTicket ticket)
    {
        var answer = ticket.Answer;
        var failed = answer.Reason >= ReasonCode.UnspecifiedError;
        if (failed)
            _parts.Metrics.PublishRefused(answer.Reason);
        if (failed && !answer.IsKept && !terms.IsV5)
        {
            _fate.End(ConnectionEnd.Refused(answer.Reason, answer.ReasonString));
            return false;
        }

        var type = PacketType.Puback;
        var reason = answer.Reason;
        if (ticket.Type == AnswerType.Pubrec)
        {
            type = PacketType.Pubrec;
            reason = _publishes!.Received(ticket); // set with the terms
        }
        var ack = terms.TellsProblems && terms.IsV5
            ? new AckPacket(type, ticket.PacketId, reason, answer.ReasonString, answer.UserProperties)
            : new AckPacket(type, ticket.PacketId, terms.IsV5 ? reason : ReasonCode.Success);
        PacketFormatter.WriteAck(_output, terms.Version, ack, terms.OutgoingLimitBytes);
        return true;
    }

    private void WriteDelivery(ConnectionTerms terms, in Delivery delivery)
    {
        var topic = delivery.Message.Topic;
        var alias = _aliases.Find(topic, out var isKnown);
        var form = new PublishForm(delivery.QoS, delivery.IsRetained, delivery.IsDuplicate, delivery.PacketId)
        {
            TopicAlias = alias,
            OmitTopic = isKnown,
            ExpirySeconds = delivery.ExpirySeconds,
            SubscriptionIdentifiers = delivery.SubscriptionIdentifiers,
        };
        if (PacketFormatter.WritePublish(_output, terms.Version, delivery.Message, form, terms.OutgoingLimitBytes) > 0)
        {
            if (alias != 0 && !isKnown)
                _aliases.Told(topic, alias);
            return;
        }
        _parts.Metrics.Oversize();
        if (delivery.QoS != QoS.AtMostOnce)
            _oversize.Enqueue((delivery.PacketId, delivery.QoS));
    }

    /// What did not fit the client is answered in its place, as if it had been sent and completed [MQTT5-3.1.2-25].
    private async ValueTask AnswerForClientAsync(SessionHandle session)
    {
        while (_oversize.TryDequeue(out var oversize))
        {
            var (kind, reason) = oversize.QoS == QoS.AtLeastOnce
                ? (AnswerKind.Puback, ReasonCode.Success)
                : (AnswerKind.Pubrec, ReasonCode.PacketTooLarge); // a failure ends it there: no PUBREL
            await _parts.Broker.AnsweredAsync(session, oversize.PacketId, kind, reason, CancellationToken.None);
        }
    }

    private async ValueTask FlushAsync()
    {
        var flush = _output.FlushAsync();
        if (!flush.IsCompleted)
            Volatile.Write(ref _flushingSince, _parts.Time.GetTimestamp());
        var result = await flush;
        Volatile.Write(ref _flushingSince, 0);
        if (result.IsCompleted || result.IsCanceled)
            Leave(ConnectionEnd.Lost);
    }

    private void Leave(ConnectionEnd why)
    {
        _isGone = true;
        _fate.End(why);
    }

    private void DiscardAnswers()
    {
        var any = false;
        for (; Answers.TryPeek(out var ticket); any = true)
        {
            // Kept all the same: a repetition over the next connection must be known.
            if (ticket is { Type: AnswerType.Pubrec, IsBroken: false } && !_isBroken)
                _publishes?.Received(ticket);
            Answers.Remove();
        }
        if (any)
            Answers.Removed();
    }

    private void FinishIfDue()
    {
        if (Volatile.Read(ref _readingEnded) && Answers.IsEmpty)
            _drained.TrySetResult();
        if (!Volatile.Read(ref _completing) || !Answers.IsEmpty)
            return;
        _isGone = true; // the connection completes the pipe: from here on nothing is written
        _finished.TrySetResult();
    }
}
