namespace EdgeEnforcement.Mqtt.Client;

/// <summary>What became of a publish. The reason is the server's own; 3.1.1 has none, and it is Success.</summary>
public readonly record struct PublishResult(PublishResultKind Kind, ReasonCode Reason, string? Detail = null, IReadOnlyList<UserProperty>? UserProperties = null);
