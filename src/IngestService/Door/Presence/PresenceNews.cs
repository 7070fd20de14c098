using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;
using CloseReason = EdgeEnforcement.Mqtt.Sessions.CloseReason;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>One word of the session log, in its order.</summary>
/// <param name="Will">Null: a connection came or ended. Else only client and version of the change are set.</param>
internal readonly record struct PresenceNews(PresenceChange Change, ApplicationMessage? Will)
{
    public bool IsShutdown => Change.Reason == CloseReason.ServerShutdown;

    public PresenceEvent ToEvent() => Will is not null ? new PresenceEvent(PresenceEventKind.Will, Change.Version) : Change.Reason switch
    {
        null => new PresenceEvent(PresenceEventKind.Came, Change.Version),
        CloseReason.Disconnected => new PresenceEvent(PresenceEventKind.Left, Change.Version),
        CloseReason.DisconnectedWithWill => Dropped(PresenceReason.LeftWithWill),
        CloseReason.KeepAliveTimeout => Dropped(PresenceReason.KeepAlive),
        CloseReason.ProtocolError or CloseReason.Administrative => Dropped(PresenceReason.Closed),
        // Taken over by one who did not come in the end.
        CloseReason.ConnectionLost or CloseReason.TakenOver or CloseReason.ServerShutdown => Dropped(PresenceReason.LinkLost),
        _ => throw new InvalidOperationException($"There is no end {Change.Reason}."),
    };

    private PresenceEvent Dropped(PresenceReason reason) => new(PresenceEventKind.Dropped, Change.Version, reason);
}
