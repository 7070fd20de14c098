using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// The member of a shared group whose turn it is: those online go round; if none is, a message of QoS 1 or 2 waits with one whose session
/// survives, and moves to the first that comes online.
/// </summary>
internal sealed class SharedChoice(BrokerCore core)
{
    /// Set when a member would have been chosen if it had room.
    public bool WasForWantOfRoom { get; private set; }

    public RouteTarget? Choose(
        SharedGroup<Session> group, ApplicationMessage message, int sizeBytes, Session? except = null, bool orOffline = true)
    {
        WasForWantOfRoom = false;
        return ChooseAmong(group, message, sizeBytes, except, isOnline: true)
            ?? (orOffline ? ChooseAmong(group, message, sizeBytes, except, isOnline: false) : null);
    }

    private RouteTarget? ChooseAmong(SharedGroup<Session> group, ApplicationMessage message, int sizeBytes, Session? except, bool isOnline)
    {
        for (var i = 0; i < group.Count; i++)
        {
            var place = (group.Turn + i) % group.Count;
            var (session, grant) = group[place];
            if (session.IsOnline != isOnline || ReferenceEquals(session, except) || !CanTake(session, grant, message, sizeBytes))
                continue;
            group.Turn = (place + 1) % group.Count;
            return new RouteTarget(session, FormOf(group, grant, message), HasRoom: true);
        }
        return null;
    }

    private bool CanTake(Session session, SubscriptionGrant grant, ApplicationMessage message, int sizeBytes)
    {
        if (Routing.Lower(grant.Options.MaximumQoS, message.QoS) == QoS.AtMostOnce)
            return session is { IsOnline: true, IsStarted: true, Link.IsBusy: false };
        if (!session.IsOnline && !session.IsDurable)
            return false;
        if (core.HasRoom(session, sizeBytes))
            return true;
        WasForWantOfRoom = true;
        return false;
    }

    private static OutgoingForm FormOf(SharedGroup<Session> group, SubscriptionGrant grant, ApplicationMessage message) => new(
        Routing.Lower(grant.Options.MaximumQoS, message.QoS), message.Retain && grant.Options.RetainAsPublished,
        Routing.IdentifiersOf(grant), group.FullFilter);
}
