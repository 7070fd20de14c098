using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class TickCommand(DateTimeOffset now) : Command<bool>
{
    public override void Decide(BrokerCore core)
    {
        core.Lifecycle.Tick(now.ToUnixTimeMilliseconds());
        Answer(true);
    }
}
