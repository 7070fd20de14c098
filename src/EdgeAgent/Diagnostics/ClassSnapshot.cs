namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// One class of the current epoch: the last number given, and up to where everything is answered.
internal sealed record ClassSnapshot(string Class, ulong Last, ulong Answered, ulong Unsent);
