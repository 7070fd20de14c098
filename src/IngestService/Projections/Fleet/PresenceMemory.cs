using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal sealed record PresenceMemory(IReadOnlyList<KnownDevice> Devices, IReadOnlyList<KnownEpisode> Episodes);

/// <param name="SinceMs">Unix milliseconds.</param>
/// <param name="EpisodeId">The open episode it is under; empty: none, or it is connected.</param>
internal sealed record KnownDevice(
    string ClientId, PresenceState State, PresenceReason Reason, long SinceMs, int KeepAliveSeconds, ulong SessionNumber, string Gateway, string EpisodeId);

/// <param name="StartMs">Unix milliseconds.</param>
internal sealed record KnownEpisode(string EpisodeId, PresenceScope Scope, string Subject, long StartMs, int Count);
