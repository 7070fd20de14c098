using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

/// Nobody waits for it.
internal sealed class ReadyCommand(SessionHandle handle) : Command
{
    public override void Decide(BrokerCore core)
    {
        core.Pump.Ready(handle);
        IsDecided = true;
    }

    public override void Complete()
    {
    }

    public override void Fail(Exception cause)
    {
    }
}
