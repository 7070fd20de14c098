using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>How a device stands.</summary>
/// <param name="Version">Of its newest connection; 0: one of a run before this one.</param>
/// <param name="Since">Unix milliseconds. Of an offline device: when its link went, not when the grace was over.</param>
internal readonly record struct Standing(PresenceState State, PresenceReason Reason, ulong Version, long Since)
{
    /// <summary>Gone without having said so, and not because we restarted.</summary>
    public bool IsLost => State is PresenceState.Suspect or PresenceState.Offline
        && Reason is not (PresenceReason.Left or PresenceReason.Restarted);
}
