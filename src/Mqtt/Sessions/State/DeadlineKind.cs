namespace EdgeEnforcement.Mqtt.Sessions.State;

internal enum DeadlineKind : byte
{
    /// Before the session's own: a will of the same instant is sent by its delay.
    Will,
    Session,
    Retained,
}
