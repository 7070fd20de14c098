using EdgeEnforcement.Mqtt.Sessions.Deciding;
using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class PublishCommand(SessionHandle? from, ApplicationMessage message, ushort packetId, CancellationToken cancellation)
    : Command<PublishOutcome>
{
    public SessionHandle? From => from;

    public ApplicationMessage Message => message;

    public ushort PacketId => packetId;

    public override int SizeBytes { get; } = StoredMessage.SizeOf(message);

    public override void Decide(BrokerCore core) => core.Publishing.Decide(this);

    /// It waits for room now.
    public void Park() => LetCancel(cancellation);
}
