using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// Messages of a shared group that one member has not answered go to another when it leaves (5.0, section 4.8.2). A QoS 2 message that
/// was sent stays with its receiver, and ends with its session [MQTT5-4.8.2-4] [MQTT5-4.8.2-5].
/// </summary>
internal sealed class SharedHandover(BrokerCore core)
{
    private readonly SharedChoice _choice = new(core);

    /// The connection ended and the session stays: what it has not answered goes to members that are online, else it waits here.
    public void WentOffline(Session session) => HandOver(session, filter: null, orOffline: false, alsoSent: true);

    /// What was sent is still being answered.
    public void Unsubscribed(Session session, string filter) => HandOver(session, filter, orOffline: true, alsoSent: false);

    public void Ended(Session session)
    {
        HandOver(session, filter: null, orOffline: true, alsoSent: true);
        if (session.Queue.SharedCount > 0)
            core.Metrics.Dropped(DropCause.NoMemberLeft, session.Queue.SharedCount);
    }

    private void HandOver(Session session, string? filter, bool orOffline, bool alsoSent)
    {
        if (session.Queue.SharedCount == 0)
            return;
        foreach (var entry in session.Queue.Entries())
            if (entry.Form.SharedFilter is { } shared && (filter is null || filter == shared) && IsFree(entry, alsoSent)
                && core.State.Subscriptions.FindGroup(shared) is { } group
                && _choice.Choose(group, entry.Message.Content, entry.Message.SizeBytes, session, orOffline) is { Form.QoS: > 0 } target)
                Move(session, entry, target.Session, target.Form);
    }

    private static bool IsFree(Outgoing entry, bool alsoSent) =>
        entry.State == OutgoingState.Waiting || (alsoSent && entry is { State: OutgoingState.Sent, QoS: QoS.AtLeastOnce });

    /// A member is online: what waits with members that are not comes to it.
    public void CameOnline(Session session)
    {
        foreach (var (filter, grant) in session.Subscriptions)
            Gather(session, filter, grant);
    }

    public void Gather(Session session, string filter, SubscriptionGrant grant)
    {
        if (!TopicRules.IsShared(filter) || core.State.Subscriptions.FindGroup(filter) is not { } group)
            return;
        for (var i = 0; i < group.Count; i++)
            if (group[i].Subscriber is { IsOnline: false, Queue.SharedCount: > 0 } other)
                foreach (var entry in other.Queue.Entries().Where(e => e.State == OutgoingState.Waiting && e.Form.SharedFilter == filter))
                    TryPull(other, entry, session, grant);
    }

    private void TryPull(Session from, Outgoing entry, Session to, SubscriptionGrant grant)
    {
        var content = entry.Message.Content;
        var qos = Routing.Lower(grant.Options.MaximumQoS, content.QoS);
        if (qos > QoS.AtMostOnce && core.HasRoom(to, entry.Message.SizeBytes))
            Move(from, entry, to, new OutgoingForm(
                qos, content.Retain && grant.Options.RetainAsPublished, Routing.IdentifiersOf(grant), entry.Form.SharedFilter));
    }

    private void Move(Session from, Outgoing entry, Session to, OutgoingForm form)
    {
        if (!from.IsDurable || !to.IsDurable)
        {
            core.Enqueue(to, entry.Message, form);
            if (from.IsDurable)
                core.Facts.Dropped(from, entry);
            core.Take(from, entry);
            return;
        }
        var moved = new Outgoing(++core.State.LastDelivery, entry.Message, form);
        core.Facts.Moved(from, entry, to, moved);
        core.Log.MustFlush = true;
        core.Take(from, entry);
        to.Queue.Add(moved);
        core.Pump.Mark(to);
    }
}
