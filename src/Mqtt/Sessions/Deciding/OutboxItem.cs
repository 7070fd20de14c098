namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// One call to be made when the group is durable.
internal readonly record struct OutboxItem
{
    public required OutboxKind Kind { get; init; }

    public ISessionLink? Link { get; init; }

    public Delivery Delivery { get; init; }

    public ushort PacketId { get; init; }

    public ReasonCode Reason { get; init; }

    public PresenceChange Presence { get; init; }

    public PresenceWill Will { get; init; }
}
