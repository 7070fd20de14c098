using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class UnsubscribeCommand(SessionHandle handle, IReadOnlyList<string> filters) : Command<IReadOnlyList<ReasonCode>>
{
    public override int SizeBytes => 64 + filters.Sum(f => 32 + f.Length);

    public override void Decide(BrokerCore core) => Answer(core.Subscribing.Unsubscribe(handle, filters));
}
