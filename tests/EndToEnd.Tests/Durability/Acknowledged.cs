namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>A record in a trace, lower-case hex: what is found in the write that stored it, and what in the sends that acknowledge it.</summary>
internal sealed record Acknowledged(string Written, IReadOnlyList<string> Sent);
