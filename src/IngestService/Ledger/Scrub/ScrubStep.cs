using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>The scrubber's life in the host.</summary>
internal sealed class ScrubStep(
    LedgerShard shard, IOptions<ScrubOptions> options, IOptions<HostingOptions> hosting, ScrubMetrics metrics, TimeProvider time, ILogger<ScrubPump> log)
    : IStartupStep, IAsyncDisposable
{
    private ScrubPump? _pump;

    public StartupStage Stage => StartupStage.Scrub;

    public Task StartAsync(CancellationToken cancellation)
    {
        if (!options.Value.Enabled || !NoteVerifier.TryParse(shard.Core.Proofs.VerifierKey, out var verifier))
            return Task.CompletedTask;
        var setting = new ScrubSetting
        {
            Files = new PhysicalFileSystem(), Paths = new LedgerPaths(hosting.Value.DataDirectory), Options = options.Value, Verifier = verifier, Time = time,
        };
        _pump = new ScrubPump(setting, shard.Core.Facts, metrics.Status, log);
        _pump.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation) => await DisposeAsync();

    /// <summary>By the startup sequence first, by the container again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_pump is not null)
            await _pump.DisposeAsync();
    }
}
