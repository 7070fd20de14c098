namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>The n-th of one thread's calls of a name for a path below the agent's data directory, and what strace makes of it.</summary>
internal sealed record AgentFault(string Call, string Path, int When, string Way);
