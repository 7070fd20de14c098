using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

/// The one who was taking over went away while the old connection was drained.
internal sealed class AbandonCommand(Opening opening) : Command<bool>
{
    public override void Decide(BrokerCore core)
    {
        core.Lifecycle.Abandon(opening);
        Answer(true);
    }
}
