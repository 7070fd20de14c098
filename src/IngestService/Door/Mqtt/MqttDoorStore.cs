using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>What the door keeps below the data directory: the session log, and the feed's position.</summary>
internal sealed class MqttDoorStore(
    IFileSystem files, IOptions<HostingOptions> hosting, IOptions<BrokerOptions> options, PresenceInbox presence, BrokerMetrics metrics,
    TimeProvider time)
{
    private string Root => Path.Combine(Path.GetFullPath(hosting.Value.DataDirectory), "mqtt");

    public string FeedPosition => Path.Combine(Root, "alert-feed");

    public Broker Open()
    {
        files.CreateDirectory(Root);
        return Broker.Open(files, Path.Combine(Root, "sessions"), options.Value, presence, metrics, time);
    }
}
