using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <param name="Version">Of the connection it is about.</param>
/// <param name="Reason">Of <see cref="PresenceEventKind.Dropped"/>.</param>
internal readonly record struct PresenceEvent(PresenceEventKind Kind, ulong Version, PresenceReason Reason = PresenceReason.Unspecified);
