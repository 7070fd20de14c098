namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// <summary>The session log or its snapshot is not as it was written; the broker does not start on it.</summary>
public sealed class SessionLogDamageException(string file, string reason, Exception? cause = null)
    : IOException($"'{file}' is damaged: {reason}", cause);
