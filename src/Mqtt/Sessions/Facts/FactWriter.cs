using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// Puts facts into their form: docs/formats/session-log.md. What each means for the state is in <see cref="FactReplay"/>.
internal sealed class FactWriter(IFactSink sink)
{
    private readonly FactBuffer _buffer = new();

    private FactBuffer Begin() => _buffer.Clear();

    private void End(FactKind kind) => sink.Add(kind, _buffer.Written);

    public void Reserved(ulong end)
    {
        Begin().U64(end);
        End(FactKind.Reserved);
    }

    public void Bookmarked(ulong bookmark)
    {
        Begin().U64(bookmark);
        End(FactKind.Bookmarked);
    }

    public void SessionOpened(Session session)
    {
        Begin().U64(session.Number).Text(session.ClientId).U32(session.ExpirySeconds).U64(session.ReceivedKeptAt)
            .U8((byte)(session.Will is null ? 0 : 1));
        if (session.Will is { } will)
        {
            _buffer.U32(will.DelaySeconds);
            MessageForm.Write(_buffer, will.Message);
        }
        End(FactKind.SessionOpened);
    }

    /// Offline from now on, with the deadlines as they stand.
    public void SessionClosed(Session session)
    {
        Begin().U64(session.Number).U32(session.ExpirySeconds).Instant(session.ExpiresAt).Instant(session.WillDueAt);
        End(FactKind.SessionClosed);
    }

    public void SessionEnded(Session session)
    {
        Begin().U64(session.Number);
        End(FactKind.SessionEnded);
    }

    public void Subscribed(Session session, string filter, SubscriptionGrant grant)
    {
        var options = grant.Options;
        var flags = (byte)((byte)options.MaximumQoS | (options.NoLocal ? 0x04 : 0) | (options.RetainAsPublished ? 0x08 : 0)
            | ((byte)options.RetainHandling << 4));
        Begin().U64(session.Number).Text(filter).U8(flags).U32(grant.Identifier);
        End(FactKind.Subscribed);
    }

    public void Unsubscribed(Session session, string filter)
    {
        Begin().U64(session.Number).Text(filter);
        End(FactKind.Unsubscribed);
    }

    public void Message(StoredMessage message)
    {
        Begin().U64(message.Number).Instant(message.ExpiresAt);
        MessageForm.Write(_buffer, message.Content);
        End(FactKind.Message);
    }

    public void Queued(Session session, Outgoing entry)
    {
        Begin().U64(session.Number).U64(entry.Message.Number);
        Form(entry);
        End(FactKind.Queued);
    }

    public void Moved(Session from, Outgoing old, Session to, Outgoing entry)
    {
        Begin().U64(from.Number).U64(old.Number).U64(to.Number);
        Form(entry);
        End(FactKind.Moved);
    }

    private void Form(Outgoing entry)
    {
        var form = entry.Form;
        var flags = (byte)((byte)form.QoS | (form.IsRetained ? 0x04 : 0) | (form.SharedFilter is null ? 0 : 0x08));
        _buffer.U64(entry.Number).U8(flags).U32((uint)form.Identifiers.Length);
        foreach (var identifier in form.Identifiers)
            _buffer.U32(identifier);
        if (form.SharedFilter is { } filter)
            _buffer.Text(filter);
    }

    public void Assigned(Session session, Outgoing entry)
    {
        Begin().U64(session.Number).U64(entry.Number).U16(entry.PacketId);
        End(FactKind.Assigned);
    }

    public void Recorded(Session session, ushort packetId) => OfPacket(FactKind.Recorded, session, packetId);

    public void Finished(Session session, ushort packetId) => OfPacket(FactKind.Finished, session, packetId);

    public void Dropped(Session session, Outgoing entry)
    {
        Begin().U64(session.Number).U64(entry.Number);
        End(FactKind.Dropped);
    }

    public void Received(Session session, ushort packetId)
    {
        Begin().U64(session.Number).U16(packetId).U64(session.ReceivedKeptAt);
        End(FactKind.Received);
    }

    public void Unreceived(Session session, ushort packetId) => OfPacket(FactKind.Unreceived, session, packetId);

    private void OfPacket(FactKind kind, Session session, ushort packetId)
    {
        Begin().U64(session.Number).U16(packetId);
        End(kind);
    }

    public void Retained(StoredMessage message)
    {
        Begin().U64(message.Number);
        End(FactKind.Retained);
    }

    public void RetainedRemoved(string topic)
    {
        Begin().Text(topic);
        End(FactKind.RetainedRemoved);
    }

    public void WillDone(Session session)
    {
        Begin().U64(session.Number);
        End(FactKind.WillDone);
    }
}
