using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Server;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>Takes <c>ee/v1/{device}/up</c> and what is below it into the ledger.</summary>
internal sealed class DeviceIntake(DeviceIntakeParts parts, RememberedMarks marks) : IPublishIntake
{
    public ulong Bookmark => marks.Bookmark;

    public bool Takes(ReadOnlySpan<byte> topic) => DeviceTopic.IsUp(topic);

    public IIntakeSession Open(MqttPeer peer, SessionHandle session, MqttVersion version) =>
        new DeviceSession(parts, marks, (DoorPeer)peer, session, tells: version == MqttVersion.V5); // the door's access makes every peer
}
