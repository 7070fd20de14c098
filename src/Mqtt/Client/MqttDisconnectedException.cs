namespace EdgeEnforcement.Mqtt.Client;

/// <summary>A connection ended, or never began.</summary>
public sealed class MqttDisconnectedException(DisconnectCause cause, Exception? inner = null) : Exception(cause.ToString(), inner)
{
    public MqttDisconnectedException(DisconnectKind kind, ReasonCode reason, string detail, Exception? inner = null)
        : this(new DisconnectCause(kind, reason, detail), inner)
    {
    }

    public DisconnectCause Cause { get; } = cause;
}
