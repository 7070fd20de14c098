namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// The alert is on the station's disk under this identity.
internal sealed record AlertAnswer(string EpisodeId, uint Epoch, ulong Sequence);
