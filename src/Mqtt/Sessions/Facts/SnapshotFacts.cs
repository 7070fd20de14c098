using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// The whole state as the fewest facts that make it again. A message that waits in many queues is written once.
internal sealed class SnapshotFacts(FactWriter facts)
{
    private readonly HashSet<ulong> _written = [];

    public void Write(BrokerState state)
    {
        facts.Reserved(state.ReservedEnd);
        facts.Bookmarked(state.Bookmark);
        List<StoredMessage> retained = [];
        state.Retained.CopyTo(retained);
        foreach (var message in retained)
        {
            WriteOnce(message);
            facts.Retained(message);
        }
        foreach (var session in state.Sessions.Where(s => s.IsLogged))
            Write(session);
    }

    private void Write(Session session)
    {
        facts.SessionOpened(session);
        if (!session.IsConnectedOrUndecided)
            facts.SessionClosed(session);
        if (!session.IsDurable)
            return;
        foreach (var (filter, grant) in session.Subscriptions)
            facts.Subscribed(session, filter, grant);
        foreach (var packetId in session.Received)
            facts.Received(session, packetId);
        foreach (var entry in session.Queue.Entries().Where(e => e.QoS > QoS.AtMostOnce))
        {
            WriteOnce(entry.Message);
            facts.Queued(session, entry);
            if (entry.State != OutgoingState.Waiting)
                facts.Assigned(session, entry);
        }
        foreach (var entry in session.Queue.Released())
            facts.Recorded(session, entry.PacketId);
    }

    private void WriteOnce(StoredMessage message)
    {
        if (_written.Add(message.Number))
            facts.Message(message);
    }
}
