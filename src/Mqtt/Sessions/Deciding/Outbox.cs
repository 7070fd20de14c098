namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// What links and the presence observer are told after the flush, in the order it was decided. Bounded by the windows of the sessions
/// that are online.
/// </summary>
internal sealed class Outbox(IPresenceObserver presence)
{
    private const int KeptCount = 65_536;

    private List<OutboxItem> _items = [];

    public int DeliveryCount { get; private set; }

    public void Deliver(ISessionLink link, in Delivery delivery) =>
        _items.Add(new OutboxItem { Kind = OutboxKind.Deliver, Link = link, Delivery = delivery });

    public void Release(ISessionLink link, ushort packetId, ReasonCode reason) =>
        _items.Add(new OutboxItem { Kind = OutboxKind.Release, Link = link, PacketId = packetId, Reason = reason });

    /// QoS 0 promises nothing, so it does not wait for a flush; and only so the link's buffer says in time that it is full.
    public void DeliverNow(ISessionLink link, in Delivery delivery)
    {
        DeliveryCount++;
        link.Deliver(delivery);
    }

    public void TakenOver(ISessionLink link) => _items.Add(new OutboxItem { Kind = OutboxKind.TakenOver, Link = link });

    public void Presence(in PresenceChange change) => _items.Add(new OutboxItem { Kind = OutboxKind.Presence, Presence = change });

    /// False: nobody but the subscribers of its topic wants it.
    public bool TakeWill(in PresenceWill will)
    {
        if (!presence.TakesWill(will.Message.Topic))
            return false;
        _items.Add(new OutboxItem { Kind = OutboxKind.Will, Will = will });
        return true;
    }

    public void HandOut()
    {
        foreach (ref readonly var item in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_items))
        {
            switch (item.Kind)
            {
                case OutboxKind.Deliver:
                    DeliveryCount++;
                    item.Link!.Deliver(item.Delivery); // set for this kind
                    break;
                case OutboxKind.Release:
                    item.Link!.Release(item.PacketId, item.Reason);
                    break;
                case OutboxKind.TakenOver:
                    item.Link!.TakenOver();
                    break;
                case OutboxKind.Presence:
                    presence.Changed(item.Presence);
                    break;
                case OutboxKind.Will:
                    presence.WillDue(item.Will);
                    break;
            }
        }
        if (_items.Count > KeptCount)
            _items = [];
        else
            _items.Clear();
    }

    public int TakeDeliveryCount()
    {
        var count = DeliveryCount;
        DeliveryCount = 0;
        return count;
    }
}
