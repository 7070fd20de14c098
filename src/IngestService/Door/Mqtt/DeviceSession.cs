using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Server;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// One connection's way into the ledger. Messages of simple devices go straight to the sequencer and are answered from its thread; envelopes
/// and hellos go through a lane of their own (<see cref="EnvelopeLane"/>), because signatures are checked and answers written on the way.
/// </summary>
internal sealed class DeviceSession(DeviceIntakeParts parts, RememberedMarks marks, DoorPeer peer, SessionHandle session, bool tells)
    : IIntakeSession, IMessageSink
{
    // By the ticket's token: small numbers, as many as were ever in flight at once.
    private Underway[] _underway = [];
    private IntakeTicket? _waker; // any of them: they wake the same connection

    // Owned by the reading loop.
    private byte[]? _topicBytes;
    private DeviceTopic? _topic;
    private DeviceMessageFormatter? _formatter;
    private EnvelopeLane? _lane;

    // Kept, and not yet durable in the session log; oldest first.
    private readonly Queue<LinkedListNode<ulong>> _unremembered = new();

    public ValueTask TakeAsync(in IntakePublish publish, IntakeTicket ticket, CancellationToken cancellation)
    {
        var topic = TopicOf(publish);
        switch (topic.Kind)
        {
            case DeviceTopicKind.Raw:
                return TakeMessageAsync(topic, publish, ticket, null, cancellation);
            case DeviceTopicKind.Json:
                return TakeMessageAsync(topic, publish, ticket, JsonText.Fault(publish.Payload), cancellation);
            case DeviceTopicKind.Envelope:
                return Lane().TakeEnvelopeAsync(topic.Device, publish, ticket, cancellation);
            case DeviceTopicKind.Hello:
                return Lane().TakeHelloAsync(topic.Device, publish, ticket, cancellation);
            case DeviceTopicKind.Unknown:
                parts.Metrics.Refused(topic.Fault!.Code); // an unknown topic has one
                ticket.Complete(PublishAnswers.Refused(topic.Fault));
                ticket.Wake();
                return ValueTask.CompletedTask;
            default:
                throw new InvalidOperationException($"there is no topic {topic.Kind}");
        }
    }

    private DeviceTopic TopicOf(in IntakePublish publish)
    {
        if (_topic is not null && ReferenceEquals(_topicBytes, publish.Topic))
            return _topic;
        _topic = DeviceTopic.Parse(publish.Topic);
        _topicBytes = publish.Topic;
        _formatter = new DeviceMessageFormatter(_topic, peer.ClientId, session.SessionNumber);
        return _topic;
    }

    private ValueTask TakeMessageAsync(DeviceTopic topic, in IntakePublish publish, IntakeTicket ticket, RefusalDetail? fault, CancellationToken cancellation)
    {
        _waker = ticket;
        if (fault is not null && parts.Quota.Take(topic.Device, (int)publish.Payload.Length) is { } full)
            return Lane().RefuseAsync(topic.Device, ticket, full, cancellation);
        if (fault is not null)
            Lane();
        var contentType = publish.HasProperties ? publish.ReadProperties().ContentType ?? "" : "";
        var envelope = _formatter!.Format(publish, contentType, fault, out var sequenceOffset); // made with the topic
        parts.Metrics.Received(envelope.Length);

        var flags = LeafFlags.None;
        if (fault is not null)
            flags |= LeafFlags.Quarantined;
        // At QoS 2 a repetition is known as one and never comes here.
        if (publish is { IsDuplicate: true, QoS: QoS.AtLeastOnce })
            flags |= LeafFlags.PossibleDuplicate;
        if (ticket.Token >= _underway.Length)
            Array.Resize(ref _underway, Math.Max(16, ticket.Token * 2));
        var mark = publish.QoS == QoS.ExactlyOnce ? marks.Begin() : null;
        _underway[ticket.Token] = new Underway(ticket, topic.Device, fault, mark);
        return parts.Messages.AppendAsync(new MessageDraft(Record.DeviceMessageFieldNumber, envelope, sequenceOffset, flags, this, ticket.Token), cancellation);
    }

    private EnvelopeLane Lane()
    {
        if (_lane is null)
            Volatile.Write(ref _lane, new EnvelopeLane(parts, peer));
        return _lane;
    }

    public void Appended(int token, EntryIndex index)
    {
        var underway = _underway[token];
        var keptAt = index.Value + 1; // 0 says: nowhere that is looked at again
        if (underway.Mark is not null)
            lock (_unremembered)
                _unremembered.Enqueue(underway.Mark);
        if (underway.Fault is null)
            underway.Ticket.Complete(PublishAnswers.Kept(index, keptAt, tells));
        else
            _lane!.Tell(underway.Device, underway.Ticket, underway.Fault, PublishAnswers.Quarantined(underway.Fault, index, keptAt)); // opened when it came
    }

    public void Refused(int token, RefusalDetail refusal)
    {
        var underway = _underway[token];
        if (underway.Mark is not null)
            marks.End(underway.Mark);
        parts.Metrics.Refused(refusal.Code);
        underway.Ticket.Complete(PublishAnswers.Refused(refusal));
    }

    public void Failed(int token, Exception cause) => _underway[token].Ticket.Fail();

    public void GroupEnded() => _waker?.Wake();

    public void Remembered(ulong keptAt)
    {
        if (keptAt == 0)
            return;
        lock (_unremembered)
            marks.End(_unremembered.Dequeue());
    }

    public ValueTask CloseAsync() => _lane?.CloseAsync() ?? ValueTask.CompletedTask;

    private readonly record struct Underway(IntakeTicket Ticket, string Device, RefusalDetail? Fault, LinkedListNode<ulong>? Mark);
}
