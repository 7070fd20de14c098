namespace EdgeEnforcement.Mqtt.Sessions.State;

/// One message on its way to one session. Place in the list and state are changed by its <see cref="OutgoingQueue"/> only.
internal sealed class Outgoing(ulong number, StoredMessage message, OutgoingForm form)
{
    /// Grows within a session, so it is the order.
    public ulong Number { get; } = number;

    public StoredMessage Message { get; } = message;

    public OutgoingForm Form { get; } = form;

    public QoS QoS => Form.QoS;

    public OutgoingState State { get; set; }

    /// 0 while waiting, and always for QoS 0.
    public ushort PacketId { get; set; }

    /// Order of the PUBRECs: the PUBRELs have the same [MQTT5-4.6.0-4].
    public ulong ReleaseOrder { get; set; }

    /// Counts towards the receiver's Receive Maximum on the present connection.
    public bool IsInWindow { get; set; }

    public Outgoing? Previous { get; set; }

    public Outgoing? Next { get; set; }
}
