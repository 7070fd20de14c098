using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// The MQTT door's life. Opened: session log, then the packet ids that only the ledger knows, then who was connected, then connections and the feed. Closed backwards. If the
/// session log stops for good, so does the process.
/// </summary>
internal sealed class MqttDoorStep(
    BrokerFace face, MqttDoorStore store, MqttDoorParts parts, HostFate fate, ILogger<MqttDoorStep> log) : IStartupStep
{
    private Broker? _broker;
    private Task _watch = Task.CompletedTask;

    public StartupStage Stage => StartupStage.Door;

    public async Task StartAsync(CancellationToken cancellation)
    {
        _broker = store.Open();
        face.Set(_broker);
        _watch = WatchAsync(_broker);
        await parts.Restore.RunAsync();
        parts.Presence.Start();
        parts.Server.Start();
        parts.Bookmarks.Start();
        parts.Feed.Start(store.FeedPosition);
        log.DoorOpened(parts.Rules.Name, parts.Rules.Rules.Count);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await parts.Feed.DisposeAsync();
        await parts.Bookmarks.DisposeAsync();
        await parts.Server.StopAsync();
        await parts.Presence.DisposeAsync();
        if (_broker is { } broker)
            await broker.DisposeAsync();
        await _watch;
    }

    private async Task WatchAsync(Broker broker)
    {
        try
        {
            await broker.Completion;
        }
        catch (Exception e)
        {
            log.BrokerFatal(e);
            fate.Stop(ExitCode.LedgerStopped);
        }
    }
}
