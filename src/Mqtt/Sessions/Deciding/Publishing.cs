using EdgeEnforcement.Mqtt.Sessions.Commands;
using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// Takes messages, whole or not at all: routed to everybody, retained, and its QoS 2 packet id remembered, in one batch of the log.
/// Where a queue or the retained messages are at their limit, 5.0 is told QuotaExceeded and a 3.1.1 client, which cannot be told, waits.
/// </summary>
internal sealed class Publishing(BrokerCore core)
{
    public void Decide(PublishCommand command)
    {
        var from = command.From is { } handle ? BrokerCore.Current(handle) : null;
        if (command.From is not null && from is null)
            command.Answer(new PublishOutcome(ReasonCode.SessionTakenOver, 0));
        else if (from?.Parked is { Count: > 0 })
            core.Parking.Park(from, command); // behind the one that waits: order of a client is kept
        else if (TryTake(from, command) is { } outcome)
            command.Answer(outcome);
        else
            core.Parking.Park(from!, command); // only a session's publish waits
    }

    /// Null: it has to wait for room.
    public PublishOutcome? TryTake(Session? from, PublishCommand command)
    {
        var message = command.Message;
        if (command.SizeBytes > core.Options.MaximumMessageBytes)
            return Refused(ReasonCode.PacketTooLarge);
        if (!TopicRules.IsName(message.Topic) || !TopicRules.IsWithinDepth(message.Topic))
            return Refused(ReasonCode.TopicNameInvalid);
        var isRemembered = from is not null && message.QoS == QoS.ExactlyOnce;
        if (isRemembered && from!.Received.Contains(command.PacketId)) // from: isRemembered says so
            return new PublishOutcome(ReasonCode.Success, 0);

        core.Routing.Plan(from, message, command.SizeBytes);
        var canRetain = !message.Retain || HasRoomToRetain(message, command.SizeBytes);
        if (core.Routing.IsBlocked || (!canRetain && message.QoS > QoS.AtMostOnce))
            return Blocked(from);
        Take(core.Store(message), canRetain);
        if (isRemembered)
            core.Inbound.Remember(from!, command.PacketId); // from: isRemembered says so
        core.PublishedCount++;
        var matched = core.Routing.MatchedCount;
        return new PublishOutcome(matched == 0 ? ReasonCode.NoMatchingSubscribers : ReasonCode.Success, matched);
    }

    private PublishOutcome? Blocked(Session? from)
    {
        if (from is not { Protocol: MqttVersion.V311 })
            return Refused(ReasonCode.QuotaExceeded);
        // Its connection is being drained: what waits there would hold up the next one.
        return from.IsLeaving ? new PublishOutcome(ReasonCode.SessionTakenOver, 0) : null;
    }

    private PublishOutcome Refused(ReasonCode reason)
    {
        core.Metrics.Refused(reason);
        return new PublishOutcome(reason, 0);
    }

    private bool HasRoomToRetain(ApplicationMessage message, int sizeBytes)
    {
        if (message.Payload.IsEmpty)
            return true;
        var replaced = core.State.Retained.Find(message.Topic);
        return core.State.Retained.Count - (replaced is null ? 0 : 1) < core.Options.MaximumRetainedCount
            && core.State.RetainedBytes - (replaced?.SizeBytes ?? 0) + sizeBytes <= core.Options.MaximumRetainedBytes;
    }

    private void Take(StoredMessage stored, bool canRetain)
    {
        core.Routing.Deliver(stored);
        if (!stored.Content.Retain)
            return;
        if (canRetain)
            Retain(stored);
        else
            core.Metrics.Dropped(DropCause.NoRoom);
    }

    /// An empty payload removes and is not retained itself [MQTT5-3.3.1-6] [MQTT5-3.3.1-7].
    private void Retain(StoredMessage stored)
    {
        if (!stored.Content.Payload.IsEmpty)
        {
            core.Log.WriteOnce(stored);
            core.Facts.Retained(stored);
            core.State.Retain(stored);
        }
        else if (core.State.Retained.Find(stored.Content.Topic) is not null)
        {
            core.Facts.RetainedRemoved(stored.Content.Topic);
            core.State.RemoveRetained(stored.Content.Topic);
            core.Parking.RoomWasMade = true;
        }
        else
            return;
        core.Log.MustFlush |= stored.Content.QoS > QoS.AtMostOnce;
    }

    /// Nobody can be told or slowed: whom there is no room for goes without.
    public void PublishWill(Session session, WillMessage will)
    {
        core.Log.MustFlush = true; // that it was sent, too
        if (core.Outbox.TakeWill(new PresenceWill(session.ClientId, session.Handle?.Version ?? 0, will.Message)))
            return;
        var size = StoredMessage.SizeOf(will.Message);
        core.Routing.Plan(null, will.Message, size);
        Take(core.Store(will.Message), !will.Message.Retain || HasRoomToRetain(will.Message, size));
        core.PublishedCount++;
    }
}
