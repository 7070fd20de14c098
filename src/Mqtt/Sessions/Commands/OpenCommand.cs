using EdgeEnforcement.Mqtt.Sessions.Deciding;
using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

/// One pass of an opening. If the session has a connection, the answer is the link whose Drained is to be awaited before the next pass.
internal sealed class OpenCommand(SessionRequest request, ISessionLink link, Opening opening) : Command<OpenAnswer>
{
    public SessionRequest Request => request;

    public ISessionLink Link => link;

    public Opening Opening => opening;

    public override int SizeBytes => 256 + (request.Will is { } will ? StoredMessage.SizeOf(will.Message) : 0);

    public override void Decide(BrokerCore core) => Answer(core.Lifecycle.Open(this));
}
