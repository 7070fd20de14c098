using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// Gives packet ids and hands deliveries out, as far as window and link allow; once for each session at the end of a group.
/// </summary>
/// <remarks>
/// A QoS 2 packet id must be durable before PUBLISH is sent: if a restart gave the message another one, its receiver would take it for
/// another message. The id stands in the same batch as the message where both are decided in one group, so this costs no second flush.
/// </remarks>
internal sealed class DeliveryPump(BrokerCore core)
{
    // Of one session at once, whatever its Receive Maximum: what is handed out lies in the link's buffer, and this bounds it.
    public const int MaximumWindow = 1_024;

    private readonly List<Session> _marked = [];

    public void Mark(Session session)
    {
        if (session.IsToBePumped || session.IsEnded)
            return;
        session.IsToBePumped = true;
        _marked.Add(session);
    }

    public void Ready(SessionHandle handle)
    {
        if (BrokerCore.Current(handle) is not { IsOnline: true } session)
            return;
        if (!session.IsStarted)
        {
            session.IsStarted = true;
            core.Sharing.CameOnline(session);
            Repeat(session, session.Link!); // online
        }
        Mark(session);
    }

    /// PUBRELs first and in the order of their PUBRECs; the PUBLISHes follow from the front of the queue [MQTT5-4.4.0-1].
    private void Repeat(Session session, ISessionLink link)
    {
        foreach (var entry in session.Queue.Released().ToList())
        {
            session.Queue.EnterWindow(entry);
            core.Outbox.Release(link, entry.PacketId, ReasonCode.Success);
        }
    }

    public void Run()
    {
        for (var i = 0; i < _marked.Count; i++)
        {
            var session = _marked[i];
            session.IsToBePumped = false;
            if (session is { IsOnline: true, IsStarted: true })
                Run(session, session.Link!); // online
            core.Log.AppendIfLarge();
        }
        _marked.Clear();
    }

    private void Run(Session session, ISessionLink link)
    {
        var queue = session.Queue;
        while (queue.Cursor is { } entry && !link.IsBusy)
        {
            if (entry.State == OutgoingState.Released)
                queue.PassCursor();
            else if (entry.State == OutgoingState.Waiting && entry.Message.IsExpiredAt(core.Now))
                core.Drop(session, entry, DropCause.Expired);
            else if (entry.QoS == QoS.AtMostOnce)
            {
                core.Outbox.DeliverNow(link, DeliveryOf(entry.Message, entry.Form, 0, isDuplicate: false));
                queue.Remove(entry);
            }
            else if (queue.WindowCount >= session.Window)
                break;
            else
                Send(session, link, entry);
        }
    }

    private void Send(Session session, ISessionLink link, Outgoing entry)
    {
        var isDuplicate = entry.State == OutgoingState.Sent;
        if (!isDuplicate)
        {
            session.Queue.Assign(entry, session.Queue.NextPacketId());
            if (session.IsDurable)
            {
                core.Facts.Assigned(session, entry);
                core.Log.MustFlush |= entry.QoS == QoS.ExactlyOnce;
            }
        }
        session.Queue.EnterWindow(entry);
        session.Queue.PassCursor();
        core.Outbox.Deliver(link, DeliveryOf(entry.Message, entry.Form, entry.PacketId, isDuplicate));
    }

    public Delivery DeliveryOf(StoredMessage message, in OutgoingForm form, ushort packetId, bool isDuplicate) => new(
        message.Content, form.QoS, packetId, isDuplicate, form.IsRetained, message.RemainingSeconds(core.Now), form.Identifiers);
}
