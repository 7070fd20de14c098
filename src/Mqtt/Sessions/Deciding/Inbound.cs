using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>QoS 2 from clients: the packet ids whose messages were taken and not released yet. A message is taken once for each.</summary>
internal sealed class Inbound(BrokerCore core)
{
    /// In the batch of what the message did to others: it was routed and remembered, or neither.
    public void Remember(Session session, ushort packetId)
    {
        session.Received.Add(packetId);
        if (!session.IsDurable)
            return;
        core.Facts.Received(session, packetId);
        core.Log.MustFlush = true;
    }

    /// Answers whether there is something to wait for.
    public bool Remember(SessionHandle handle, ushort packetId, ulong keptAt, ulong bookmark)
    {
        var isWritten = Bookmark(bookmark);
        if (BrokerCore.Current(handle) is not { } session)
            return isWritten;
        session.Received.Add(packetId);
        session.ReceivedKeptAt = Math.Max(session.ReceivedKeptAt, keptAt);
        if (!session.IsDurable)
            return isWritten;
        core.Facts.Received(session, packetId);
        return true;
    }

    public bool Bookmark(ulong bookmark)
    {
        if (bookmark <= core.State.Bookmark)
            return false;
        core.State.Bookmark = bookmark;
        core.Facts.Bookmarked(bookmark);
        return true;
    }

    public bool Restore(string clientId, ulong sessionNumber, ushort packetId, ulong keptAt)
    {
        if (core.State.Find(sessionNumber) is not { } session || session.ClientId != clientId)
            return false;
        if (keptAt <= session.ReceivedKeptAt)
            return true;
        session.ReceivedKeptAt = keptAt;
        session.Received.Add(packetId);
        if (session.IsDurable)
            core.Facts.Received(session, packetId);
        return true;
    }

    public ReasonCode Release(SessionHandle handle, ushort packetId)
    {
        if (BrokerCore.Current(handle) is not { } session || !session.Received.Remove(packetId))
            return ReasonCode.PacketIdentifierNotFound;
        if (session.IsDurable)
        {
            // Before PUBCOMP: the client uses the id for another message then, and it must not be taken for this one.
            core.Facts.Unreceived(session, packetId);
            core.Log.MustFlush = true;
        }
        return ReasonCode.Success;
    }
}
