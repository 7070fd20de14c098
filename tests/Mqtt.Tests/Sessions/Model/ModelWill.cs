namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// <param name="DueAt">Null while its client is connected.</param>
internal sealed record ModelWill(string Text, QoS QoS, uint DelaySeconds, DateTimeOffset? DueAt = null);
