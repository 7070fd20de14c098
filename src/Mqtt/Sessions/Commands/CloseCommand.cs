using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class CloseCommand(SessionHandle handle, CloseReason why, uint? newExpirySeconds) : Command<bool>
{
    public override void Decide(BrokerCore core)
    {
        core.Lifecycle.Close(handle, why, newExpirySeconds);
        Answer(true);
    }
}
