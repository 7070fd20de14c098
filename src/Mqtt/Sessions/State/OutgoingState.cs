namespace EdgeEnforcement.Mqtt.Sessions.State;

internal enum OutgoingState : byte
{
    /// No packet id yet.
    Waiting,

    /// Has a packet id and may have been sent; repeated with DUP on the next connection.
    Sent,

    /// QoS 2: PUBREC came, PUBREL is repeated until PUBCOMP comes.
    Released,
}
