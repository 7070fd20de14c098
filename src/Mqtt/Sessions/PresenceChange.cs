namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>
/// A client came or went. A take-over is one more "online" with a higher version and no "offline"; who keeps the highest version seen
/// and ignores lower ones is never wrong.
/// </summary>
/// <param name="Reason">Null when it came.</param>
public readonly record struct PresenceChange(string ClientId, ulong Version, bool IsOnline, CloseReason? Reason)
{
    public ulong SessionNumber { get; init; }

    /// <summary>The one in force; 0: none.</summary>
    public int KeepAliveSeconds { get; init; }

    /// <summary>As access named it (<see cref="Server.MqttPeer.Gateway"/>).</summary>
    public string? Gateway { get; init; }

    /// <summary>Unix milliseconds: the last whole packet of the connection that ended.</summary>
    public long HeardAt { get; init; }
}
