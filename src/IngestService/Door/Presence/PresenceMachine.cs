using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>
/// Presence of one device: <c>(standing, event, now) -> standing</c>. Pure.
/// <code>
///              Came v          Dropped v        Left v          Will v            GraceOver v   Restarted
/// (new)        connected       suspect          offline, left   -                 -             -
/// connected    connected       suspect          offline, left   -                 -             suspect, restarted
/// suspect      connected       - (v newer: suspect)  offline, left   reason becomes will  offline  suspect, restarted
/// offline      connected       - (v newer: suspect)  - (v newer: offline, left)  as suspect, unless left  -  -
/// </code>
/// What is about an older connection than the newest one changes nothing, whenever it comes: a take-over never ends in offline. Versions
/// are compared within one run of the service; connections of the run before count as version 0. A restart stays named as the reason.
/// A will of a connected device says nothing yet: it is sent at a take-over too, and the end of the connection comes as an event of its own.
/// </summary>
internal static class PresenceMachine
{
    public static Standing Next(in Standing now, in PresenceEvent what, long at) => what.Kind switch
    {
        PresenceEventKind.Restarted => Restarted(now, at),
        _ when what.Version < now.Version => now,
        PresenceEventKind.Came => what.Version == now.Version
            ? now
            : new Standing(PresenceState.Connected, PresenceReason.Unspecified, what.Version, at),
        PresenceEventKind.Dropped => IsOver(now, what.Version) ? now : new Standing(PresenceState.Suspect, what.Reason, what.Version, at),
        PresenceEventKind.Left => now.State == PresenceState.Offline && what.Version == now.Version
            ? now
            : new Standing(PresenceState.Offline, PresenceReason.Left, what.Version, at),
        PresenceEventKind.Will => now.IsLost ? now with { Reason = PresenceReason.Will } : now,
        PresenceEventKind.GraceOver => now.State == PresenceState.Suspect && what.Version == now.Version
            ? now with { State = PresenceState.Offline }
            : now,
        _ => throw new ArgumentOutOfRangeException(nameof(what), what.Kind, "There is no such event."),
    };

    /// A connection ends once.
    private static bool IsOver(in Standing now, ulong version) =>
        now.State is PresenceState.Suspect or PresenceState.Offline && version == now.Version;

    private static Standing Restarted(in Standing now, long at) => now.State is PresenceState.Connected or PresenceState.Suspect
        ? new Standing(PresenceState.Suspect, PresenceReason.Restarted, 0, at)
        : now with { Version = 0 };
}
