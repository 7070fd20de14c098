using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class SubscribeCommand(SessionHandle handle, IReadOnlyList<SubscriptionRequest> filters) : Command<IReadOnlyList<ReasonCode>>
{
    public override int SizeBytes => 64 + filters.Sum(f => 32 + f.Filter.Length);

    public override void Decide(BrokerCore core) => Answer(core.Subscribing.Subscribe(handle, filters));
}
