using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Space;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Opens what lies on disk, in this order: volume rule, lock, key, receipts, spool, catalogue, station store. Each needs the ones before.
internal sealed class StationStartup(IServiceProvider parts, StationLock held)
{
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var paths = parts.GetRequiredService<AgentPaths>();
        var options = parts.GetRequiredService<IOptions<AgentOptions>>().Value;
        parts.GetRequiredService<IFileSystem>().CreateDirectory(paths.Root);
        if (OperatingSystem.IsLinux()
            && SpoolVolumeRule.Check(paths.Root, options.DeclaredPersistent, await File.ReadAllTextAsync("/proc/self/mounts", cancellation)) is { } refusal)
            throw new InvalidDataException(refusal);
        held.Take();

        parts.GetRequiredService<StationSpace>().Measure();
        var key = parts.GetRequiredService<ProducerKey>();
        key.Open();
        var receipts = parts.GetRequiredService<ReceiptStore>();
        receipts.Open();
        var spool = parts.GetRequiredService<AgentSpool>();
        spool.AnsweredTo = receipts.HighestOf;
        await spool.OpenAsync(key.ExistedBefore, cancellation);
        // What lies before a log's beginning was proved and deleted, or given up: either way nobody waits for its answer.
        foreach (var log in spool.All)
            receipts.BeginAt(log.Epoch, log.Class, log.FirstSequence);
        parts.GetRequiredService<PinnedLedger>().Open();
        parts.GetRequiredService<MediaCatalog>().Replay(spool);
        parts.GetRequiredService<SeenFiles>().Open();
        parts.GetRequiredService<StationStore>().Open();
        // A station without an uplink has no part for it.
        parts.GetService<Uplink.OriginChange>()?.Open();
    }

    /// Manifests whose copy could not be attested before the last end. Needs an open epoch.
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var log = parts.GetRequiredService<ILogger<DockPump>>();
        foreach (var entry in await parts.GetRequiredService<FootageIntake>().SettleAsync(parts.GetRequiredService<StationStore>(), cancellation))
            log.CopyMissing(entry.Manifest.OriginalPath, entry.Manifest.Recorder);
    }
}
