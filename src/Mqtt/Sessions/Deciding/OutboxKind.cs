namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

internal enum OutboxKind : byte
{
    Deliver,
    Release,
    TakenOver,
    Presence,
    Will,
}
