using System.Collections.Concurrent;
using EdgeEnforcement.IngestService.Door.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>
/// From the session log's thread to the presence loop. Emptied at every tick, whether or not the ledger takes anything, so it holds what
/// happens in a second. Wills below <c>ee/v1/{device}/up</c> are words to us about a device: they come here and to no subscriber.
/// </summary>
internal sealed class PresenceInbox : IPresenceObserver
{
    private readonly ConcurrentQueue<PresenceNews> _news = new();

    public void Changed(in PresenceChange change) => _news.Enqueue(new PresenceNews(change, null));

    public bool TakesWill(string topic) => topic.StartsWith(DeviceTopic.Root, StringComparison.Ordinal);

    public void WillDue(in PresenceWill will) =>
        _news.Enqueue(new PresenceNews(new PresenceChange(will.ClientId, will.Version, IsOnline: false, null), will.Message));

    public bool TryTake(out PresenceNews news) => _news.TryDequeue(out news);
}
