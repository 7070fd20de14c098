using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

/// Nobody waits for it.
internal sealed class AnsweredCommand(SessionHandle handle, ushort packetId, AnswerKind kind, ReasonCode reason) : Command
{
    public override void Decide(BrokerCore core)
    {
        core.Answers.Take(handle, packetId, kind, reason);
        IsDecided = true;
    }

    public override void Complete()
    {
    }

    public override void Fail(Exception cause)
    {
    }
}
