using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal sealed class BookmarkCommand(ulong bookmark) : Command<bool>
{
    public override void Decide(BrokerCore core)
    {
        AwaitsFlush = core.Inbound.Bookmark(bookmark);
        Answer(true);
    }
}
