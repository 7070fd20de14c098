namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>The answer to <see cref="IBroker.OpenAsync"/>. With a failure there is no session and the other values mean nothing.</summary>
public sealed record SessionOpened
{
    public required ReasonCode Reason { get; init; }

    /// <summary>Null exactly if refused. Its client id is the assigned one where none was given.</summary>
    public SessionHandle? Session { get; init; }

    /// <summary>Session Present of CONNACK.</summary>
    public bool IsPresent { get; init; }

    /// <summary>What was granted; less than asked where the broker has a limit.</summary>
    public uint ExpirySeconds { get; init; }

    /// <summary>QoS 2 packet ids of this client received and not released yet. The connection may keep a copy; the broker's survives.</summary>
    public IReadOnlyList<ushort> Received { get; init; } = [];
}
