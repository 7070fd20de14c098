using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class ReceivedCommand(SessionHandle handle, ushort packetId, ulong keptAt, ulong bookmark) : Command<bool>
{
    public override void Decide(BrokerCore core)
    {
        AwaitsFlush = core.Inbound.Remember(handle, packetId, keptAt, bookmark);
        Answer(true);
    }
}
