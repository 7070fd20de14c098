namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// Where facts go: the session log, or a snapshot.
internal interface IFactSink
{
    void Add(FactKind kind, ReadOnlySpan<byte> body);
}
