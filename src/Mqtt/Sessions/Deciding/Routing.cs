using System.Runtime.InteropServices;
using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// From a message to its receivers, in two steps, because all or none get it: <see cref="Plan"/> finds them and whether each has room,
/// <see cref="Deliver"/> puts it into their queues. A session whose filters overlap gets one copy, with the highest QoS and all
/// subscription identifiers (5.0, section 3.3.4) [MQTT5-3.3.4-2]; each shared group gets a copy of its own.
/// </summary>
internal sealed class Routing(BrokerCore core)
{
    private readonly TopicMatches<Session> _matches = new();
    private readonly List<RouteTarget> _targets = [];
    private readonly SharedChoice _choice = new(core);
    private ulong _mark;

    /// Sessions and groups the message is for, also if QoS 0 reaches none of them now.
    public int MatchedCount { get; private set; }

    /// Somebody has no room for it.
    public bool IsBlocked { get; private set; }

    public static QoS Lower(QoS one, QoS other) => one < other ? one : other;

    public static uint[] IdentifiersOf(SubscriptionGrant grant) => grant.Identifier == 0 ? [] : [grant.Identifier];

    public void Plan(Session? from, ApplicationMessage message, int sizeBytes)
    {
        _targets.Clear();
        _mark++;
        IsBlocked = false;
        core.State.Subscriptions.Match(message.Topic, _matches);
        foreach (var (session, grant) in _matches.Subscriptions)
            if (!(grant.Options.NoLocal && ReferenceEquals(session, from))) // [MQTT5-3.8.3-3]
                AddOrMerge(session, grant, message);
        foreach (ref var target in CollectionsMarshal.AsSpan(_targets))
            if (target.Form.QoS > QoS.AtMostOnce && !core.HasRoom(target.Session, sizeBytes))
            {
                target.HasRoom = false;
                IsBlocked = true;
            }
        MatchedCount = _targets.Count + _matches.Groups.Count;
        foreach (var group in _matches.Groups)
            if (_choice.Choose(group, message, sizeBytes) is { } target)
                _targets.Add(target);
            else
                IsBlocked |= _choice.WasForWantOfRoom;
    }

    private void AddOrMerge(Session session, SubscriptionGrant grant, ApplicationMessage message)
    {
        var qos = Lower(grant.Options.MaximumQoS, message.QoS);
        var isRetained = message.Retain && grant.Options.RetainAsPublished;
        if (session.MatchMark != _mark)
        {
            session.MatchMark = _mark;
            session.MatchSlot = _targets.Count;
            _targets.Add(new RouteTarget(session, new OutgoingForm(qos, isRetained, IdentifiersOf(grant), null), HasRoom: true));
            return;
        }
        ref var target = ref CollectionsMarshal.AsSpan(_targets)[session.MatchSlot];
        target.Form = new OutgoingForm(
            target.Form.QoS > qos ? target.Form.QoS : qos, target.Form.IsRetained || isRetained,
            grant.Identifier == 0 ? target.Form.Identifiers : [.. target.Form.Identifiers, grant.Identifier], null);
    }

    /// Whom there is no room for goes without it: planned, refused and not called, or counted (a will).
    public void Deliver(StoredMessage message)
    {
        foreach (ref readonly var target in CollectionsMarshal.AsSpan(_targets))
        {
            if (target.Form.QoS == QoS.AtMostOnce)
                DeliverOnce(target.Session, message, target.Form);
            else if (target.HasRoom)
                core.Enqueue(target.Session, message, target.Form);
            else
                core.Metrics.Dropped(DropCause.NoRoom);
        }
    }

    /// QoS 0 goes to who is there and can take it; sessions keep none of it (section 4.1 leaves that to the server).
    private void DeliverOnce(Session session, StoredMessage message, in OutgoingForm form)
    {
        if (session is not { IsOnline: true, Link: { } link })
            return;
        if (session.Queue.OnceCount > 0 && session.Queue.TotalCount < core.Options.MaximumQueuedCount)
            core.Enqueue(session, message, form); // behind the retained message it may be the successor of
        else if (session.IsStarted && !link.IsBusy && session.Queue.OnceCount == 0)
            core.Outbox.DeliverNow(link, core.Pump.DeliveryOf(message, form, 0, isDuplicate: false));
        else
            core.Metrics.Dropped(DropCause.SlowReceiver);
    }
}
