using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>SUBSCRIBE and UNSUBSCRIBE (sections 3.8 to 3.11). A repeated filter replaces the subscription [MQTT5-3.8.4-3].</summary>
internal sealed class Subscribing(BrokerCore core)
{
    private readonly List<StoredMessage> _retained = [];

    public IReadOnlyList<ReasonCode> Subscribe(SessionHandle handle, IReadOnlyList<SubscriptionRequest> filters)
    {
        var codes = new ReasonCode[filters.Count];
        var session = BrokerCore.Current(handle);
        for (var i = 0; i < codes.Length; i++)
            codes[i] = session is null ? ReasonCode.SessionTakenOver : Subscribe(session, filters[i]);
        return codes;
    }

    private ReasonCode Subscribe(Session session, in SubscriptionRequest request)
    {
        if (!TopicRules.IsFilter(request.Filter) || !TopicRules.IsWithinDepth(request.Filter))
            return Refused(ReasonCode.TopicFilterInvalid);
        var isNew = !session.Subscriptions.ContainsKey(request.Filter);
        if (isNew && session.Subscriptions.Count >= core.Options.MaximumSubscriptionsPerSession)
            return Refused(ReasonCode.QuotaExceeded);
        FindRetained(request, isNew);
        if (_retained.Count > 0 && (!core.HasRoom(session, 0) || session.Queue.TotalCount >= core.Options.MaximumQueuedCount))
            return Refused(ReasonCode.QuotaExceeded);

        var grant = new SubscriptionGrant(request.Options, request.Identifier);
        core.State.Subscribe(session, request.Filter, grant);
        if (session.IsDurable)
        {
            core.Facts.Subscribed(session, request.Filter, grant);
            core.Log.MustFlush = true;
        }
        // All of them, also past the limit of the queue: there are at most so many, and half of a state would be worse than none.
        foreach (var message in _retained)
            core.Enqueue(session, message, new OutgoingForm(
                Routing.Lower(request.Options.MaximumQoS, message.Content.QoS), IsRetained: true, Routing.IdentifiersOf(grant), null));
        if (session is { IsOnline: true, IsStarted: true })
            core.Sharing.Gather(session, request.Filter, grant);
        return (ReasonCode)request.Options.MaximumQoS;
    }

    /// [MQTT5-3.3.1-9] [MQTT5-3.3.1-10] [MQTT5-3.3.1-11]; never for shared subscriptions (section 4.8.2).
    private void FindRetained(in SubscriptionRequest request, bool isNew)
    {
        _retained.Clear();
        var handling = request.Options.RetainHandling;
        if (handling == RetainHandling.DoNotSend || (handling == RetainHandling.SendAtNewSubscribe && !isNew) || TopicRules.IsShared(request.Filter))
            return;
        core.State.Retained.Match(request.Filter, _retained);
        _retained.RemoveAll(message => message.IsExpiredAt(core.Now));
    }

    private ReasonCode Refused(ReasonCode reason)
    {
        core.Metrics.Refused(reason);
        return reason;
    }

    public IReadOnlyList<ReasonCode> Unsubscribe(SessionHandle handle, IReadOnlyList<string> filters)
    {
        var codes = new ReasonCode[filters.Count];
        var session = BrokerCore.Current(handle);
        for (var i = 0; i < codes.Length; i++)
            codes[i] = session is null ? ReasonCode.SessionTakenOver
                : Unsubscribe(session, filters[i]) ? ReasonCode.Success
                : ReasonCode.NoSubscriptionExisted;
        return codes;
    }

    private bool Unsubscribe(Session session, string filter)
    {
        if (!core.State.Unsubscribe(session, filter))
            return false;
        if (session.IsDurable)
        {
            core.Facts.Unsubscribed(session, filter);
            core.Log.MustFlush = true;
        }
        core.Parking.RoomWasMade = true; // nobody waits for a queue the message is no longer for
        core.Sharing.Unsubscribed(session, filter);
        return true;
    }
}
