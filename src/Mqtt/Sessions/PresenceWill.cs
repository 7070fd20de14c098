namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>A will that the observer takes, when it would have been published.</summary>
/// <param name="Version">Of the connection that left it; 0: one before the last start.</param>
public readonly record struct PresenceWill(string ClientId, ulong Version, ApplicationMessage Message);
