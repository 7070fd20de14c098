using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// PUBLISH and PUBREL of one client: topic and alias, access, then to the intake or to the broker, with a place in the order of answers.
/// Called by the reading loop, except <see cref="Received"/>.
/// </summary>
internal sealed class PublishHandler
{
    private readonly MqttServerParts _parts;
    private readonly ConnectionTerms _terms;
    private readonly AnswerQueue _answers;
    private readonly ConnectionFate _fate;
    private readonly IncomingAliases _aliases;
    private IncomingTopic? _lastTopic;
    private IIntakeSession? _intake;
    private Task _publishing = Task.CompletedTask;
    private Task _remembering = Task.CompletedTask;

    // QoS 2 packet ids from PUBLISH to PUBREL; true once PUBREC says so. Both loops.
    private readonly Lock _gate = new();
    private Dictionary<ushort, bool>? _received;

    public PublishHandler(MqttServerParts parts, ConnectionTerms terms, AnswerQueue answers, ConnectionFate fate)
    {
        _parts = parts;
        _terms = terms;
        _answers = answers;
        _fate = fate;
        _aliases = new IncomingAliases(parts.Options.TopicAliasMaximum);
        if (terms.Received.Count > 0)
            _received = terms.Received.ToDictionary(id => id, _ => true);
    }

    /// <summary>There is room in the order of answers. Returns when the next packet may be looked at, not when this one is decided.</summary>
    public ValueTask PublishAsync(in PublishPacket packet, CancellationToken cancellation)
    {
        if (ResolveTopic(packet) is not { } topic)
            return ValueTask.CompletedTask;
        if (packet.QoS == QoS.ExactlyOnce && !IsNew(packet.PacketId))
            return ValueTask.CompletedTask;

        var type = packet.QoS switch { QoS.AtMostOnce => AnswerType.None, QoS.AtLeastOnce => AnswerType.Puback, _ => AnswerType.Pubrec };
        var ticket = _answers.Add(type, packet.PacketId, topic.IsTaken);
        if (!topic.IsAllowed)
        {
            ticket.Complete(new IntakeAnswer(ReasonCode.NotAuthorized, IsKept: false, ReasonString: "the topic is not this client's"));
            ticket.Wake();
            return ValueTask.CompletedTask;
        }
        if (!topic.IsTaken)
        {
            _publishing = PublishAsync(ticket, packet.ToMessage(topic.Text), packet.PacketId, cancellation);
            return ValueTask.CompletedTask;
        }
        try
        {
            _intake ??= _parts.Intake.Open(_terms.Peer, _terms.Session, _terms.Version);
            var taken = _intake.TakeAsync(new IntakePublish(packet, topic.Utf8), ticket, cancellation);
            return taken.IsCompletedSuccessfully ? taken : TakenAsync(taken, ticket);
        }
        catch
        {
            Fail(ticket);
            throw;
        }
    }

    private static async ValueTask TakenAsync(ValueTask taken, IntakeTicket ticket)
    {
        try
        {
            await taken;
        }
        catch
        {
            Fail(ticket);
            throw;
        }
    }

    private static void Fail(IntakeTicket ticket)
    {
        ticket.Fail();
        ticket.Wake();
    }

    /// Held by the ticket: the connection does not end before it is decided. Throws nothing.
    private async Task PublishAsync(IntakeTicket ticket, ApplicationMessage message, ushort packetId, CancellationToken cancellation)
    {
        try
        {
            var outcome = await _parts.Broker.PublishAsync(_terms.Session, message, packetId, cancellation);
            if (outcome.Reason == ReasonCode.SessionTakenOver)
                ticket.Fail();
            else
                ticket.Complete(new IntakeAnswer(outcome.Reason, IsKept: outcome.Reason < ReasonCode.UnspecifiedError));
        }
        catch (Exception e) when (e is BrokerStoppedException or OperationCanceledException)
        {
            // Whether it is kept is not known: nothing is acknowledged, and the connection ends.
            ticket.Fail();
        }
        ticket.Wake();
    }

    /// <summary>PUBREL. What it asks for was answered before it came, or it is not asked for rightly.</summary>
    public void Release(ushort packetId, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_received is not null && _received.TryGetValue(packetId, out var isAnswered))
            {
                if (!isAnswered)
                {
                    _fate.End(ConnectionEnd.Violation(ReasonCode.ProtocolError, "MQTT5-4.3.3-4", "PUBREL before PUBREC"));
                    return;
                }
                _received.Remove(packetId);
            }
        }
        _publishing = ReleaseAsync(_answers.Add(AnswerType.Pubcomp, packetId), packetId, cancellation);
    }

    /// As above: held by its ticket.
    private async Task ReleaseAsync(IntakeTicket ticket, ushort packetId, CancellationToken cancellation)
    {
        try
        {
            var reason = await _parts.Broker.ReleaseAsync(_terms.Session, packetId, cancellation);
            ticket.Complete(new IntakeAnswer(reason, IsKept: true));
        }
        catch (Exception e) when (e is BrokerStoppedException or OperationCanceledException)
        {
            // Its release may not survive: PUBCOMP would let the client use the packet id for another message.
            ticket.Fail();
        }
        ticket.Wake();
    }

    /// <summary>
    /// Writing loop, when PUBREC is due: the reason it says. Kept is received, whatever was wrong with it: a repetition is then known as one,
    /// also over the next connection and after a crash. Not kept frees the packet id.
    /// </summary>
    public ReasonCode Received(IntakeTicket ticket)
    {
        var answer = ticket.Answer;
        var isKept = answer.IsKept || answer.Reason < ReasonCode.UnspecifiedError;
        lock (_gate)
        {
            if (!isKept)
                _received?.Remove(ticket.PacketId);
            else
                _received![ticket.PacketId] = true; // made when it came
        }
        if (isKept && ticket.IsIntakes)
            _remembering = RememberAsync(_remembering, _intake!, ticket.PacketId, answer.KeptAt); // the intake's ticket: there is a session
        return isKept && answer.Reason >= ReasonCode.UnspecifiedError ? ReasonCode.Success : answer.Reason;
    }

    /// <summary>Writing loop: a repetition of what was refused in front of it is refused as well.</summary>
    public bool IsReceived(ushort packetId)
    {
        lock (_gate)
            return _received is not null && _received.ContainsKey(packetId);
    }

    /// <summary>Every ticket was answered.</summary>
    public async ValueTask CloseAsync()
    {
        await _publishing;
        if (_intake is not null)
            await _intake.CloseAsync();
    }

    private IncomingTopic? ResolveTopic(in PublishPacket packet)
    {
        if (packet.TopicAlias != 0 && !_aliases.IsInRange(packet.TopicAlias))
            return Violation(ReasonCode.TopicAliasInvalid, "MQTT5-3.3.2-9", "a topic alias above the maximum");
        if (packet.Topic.IsEmpty)
            return packet.TopicAlias != 0 && _aliases.Find(packet.TopicAlias) is { } known
                ? known
                : Violation(ReasonCode.ProtocolError, "MQTT5-3.3.4-1", "a topic alias that was not set");

        var topic = _lastTopic;
        if (topic is null || !IsSame(packet.Topic, topic.Utf8))
            _lastTopic = topic = LookUp(packet);
        if (packet.TopicAlias != 0)
            _aliases.Set(packet.TopicAlias, topic);
        return topic;
    }

    private static bool IsSame(in ReadOnlySequence<byte> topic, byte[] known)
    {
        if (topic.Length != known.Length)
            return false;
        var at = 0;
        foreach (var part in topic)
        {
            if (!known.AsSpan(at).StartsWith(part.Span))
                return false;
            at += part.Length;
        }
        return true;
    }

    private IncomingTopic LookUp(in PublishPacket packet)
    {
        var text = packet.ReadTopic();
        var utf8 = packet.Topic.ToArray();
        return new IncomingTopic(utf8, text, TopicRules.IsWithinDepth(text) && _parts.Access.MayPublish(_terms.Peer, text), _parts.Intake.Takes(utf8));
    }

    private IncomingTopic? Violation(ReasonCode reason, string statement, string detail)
    {
        _fate.End(ConnectionEnd.Violation(reason, statement, detail));
        return null;
    }

    /// False: a repetition, answered in its place; or one too many, and the connection ends.
    private bool IsNew(ushort packetId)
    {
        lock (_gate)
        {
            _received ??= [];
            if (!_received.TryGetValue(packetId, out _))
            {
                if (_terms.IsV5 && _received.Count >= _parts.Options.WindowCount)
                {
                    _fate.End(ConnectionEnd.Violation(ReasonCode.ReceiveMaximumExceeded, "MQTT5-3.3.4-9", "more QoS 2 messages without PUBREL than Receive Maximum"));
                    return false;
                }
                _received.Add(packetId, false);
                return true;
            }
        }
        // Behind the first in the order of answers: when its turn comes, the first was decided.
        var again = _answers.Add(AnswerType.PubrecAgain, packetId);
        again.Complete(new IntakeAnswer(ReasonCode.Success, IsKept: true));
        again.Wake();
        return false;
    }

    /// No task is left behind: the intake counts what it waits for, and a broker that stopped brings the ids back at its next start.
    private async Task RememberAsync(Task before, IIntakeSession intake, ushort packetId, ulong keptAt)
    {
        try
        {
            var remembering = _parts.Broker.RememberReceivedAsync(_terms.Session, packetId, keptAt, _parts.Intake.Bookmark, CancellationToken.None).AsTask();
            await before;
            await remembering;
            intake.Remembered(keptAt);
        }
        catch (BrokerStoppedException)
        {
            // The connection hears of it at its next command; the packet id is in the intake's own store.
        }
    }
}
