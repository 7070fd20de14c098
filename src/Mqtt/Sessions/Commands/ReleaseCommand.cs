using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class ReleaseCommand(SessionHandle handle, ushort packetId) : Command<ReasonCode>
{
    public override void Decide(BrokerCore core) => Answer(core.Inbound.Release(handle, packetId));
}
