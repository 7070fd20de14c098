using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Spool;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Puts the station's state together out of its parts; every number comes from positions, none is counted beside them.
internal sealed class AgentStatusReader(
    AgentSpool spool, ReceiptStore receipts, MediaCatalog catalog, DockPump dock, StationHealth health, IOptions<AgentOptions> options)
{
    public AgentSnapshot Read() => new(
        options.Value.Producer,
        AgentVersion.Text,
        spool.State?.Epoch ?? 0,
        health.Uplink.State,
        [.. spool.Current.Select(Class)],
        Unsent(),
        spool.All.Sum(s => s.SizeBytes),
        catalog.Count,
        catalog.Count - catalog.NotAtCentreCount,
        receipts.Unproved().Count,
        health.Space.Reading.Percent,
        [.. dock.Bays.Select(b => b.Snapshot)],
        health.Alarms.Raised,
        health.Space.State.ToString(),
        health.Space.NotTaken,
        health.Detection.Current,
        health.Outlets.Read(),
        ConfigurationSnapshot.Of(health.Configuration.State));

    public ulong Unsent() =>
        spool.All.Aggregate(0UL, (sum, s) => sum + s.LastSequence - Math.Min(s.LastSequence, receipts.AnsweredCountOf(s.Epoch, s.Class)));

    private ClassSnapshot Class(ClassSpool log)
    {
        var last = log.LastSequence;
        return new ClassSnapshot(
            log.Class.ToString(), last, receipts.ContiguousOf(log.Epoch, log.Class),
            last - Math.Min(last, receipts.AnsweredCountOf(log.Epoch, log.Class)));
    }
}
