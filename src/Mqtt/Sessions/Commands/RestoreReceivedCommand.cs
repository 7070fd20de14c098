using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class RestoreReceivedCommand(string clientId, ulong sessionNumber, ushort packetId, ulong keptAt) : Command<bool>
{
    public override void Decide(BrokerCore core) => Answer(core.Inbound.Restore(clientId, sessionNumber, packetId, keptAt));
}
