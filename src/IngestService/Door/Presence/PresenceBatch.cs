using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>What one tick has to say to the ledger.</summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="IsRestart">Everybody who was connected or suspect is suspect from here on.</param>
internal sealed record PresenceBatch(
    long At, bool IsRestart, IReadOnlyList<PresenceEpisode> Episodes, IReadOnlyList<DevicePresenceChange> Changes);
