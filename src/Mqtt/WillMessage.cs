namespace EdgeEnforcement.Mqtt;

/// <summary>What the server publishes when a connection ends without DISCONNECT, after a delay or at the session's end, whichever comes first (5.0, section 3.1.3.2.2).</summary>
public sealed record WillMessage(ApplicationMessage Message, uint DelaySeconds = 0);
