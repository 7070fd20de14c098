namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>
/// One connection's claim on a session. A later connection of the same client makes it stale; the broker ignores what a stale one asks.
/// </summary>
public sealed class SessionHandle
{
    internal SessionHandle(State.Session session, ulong version)
    {
        Session = session;
        Version = version;
    }

    public string ClientId => Session.ClientId;

    /// <summary>Of the connection: grows with every one, over all clients and over restarts.</summary>
    public ulong Version { get; }

    /// <summary>Of the session: stays over reconnects and restarts, never used again.</summary>
    public ulong SessionNumber => Session.Number;

    /// Touched on the broker's thread only, except for what never changes.
    internal State.Session Session { get; }

    public override string ToString() => $"{ClientId}#{Version}";
}
