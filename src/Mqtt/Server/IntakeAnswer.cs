namespace EdgeEnforcement.Mqtt.Server;

/// <summary>What became of a publish that the intake took.</summary>
/// <param name="Reason">Success, or why not. A failure that is kept is acknowledged as Success on 3.1.1, one that is not ends such a connection.</param>
/// <param name="IsKept">On disk.</param>
/// <param name="KeptAt">Where; grows within a session.</param>
/// <param name="ReasonString">For 5.0 clients that want to know.</param>
/// <param name="UserProperties">As above.</param>
public readonly record struct IntakeAnswer(
    ReasonCode Reason, bool IsKept, ulong KeptAt = 0, string? ReasonString = null, IReadOnlyList<UserProperty>? UserProperties = null);
