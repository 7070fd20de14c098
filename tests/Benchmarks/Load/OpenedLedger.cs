using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Checkpoints;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>The real ledger of a data directory, opened in this process.</summary>
internal sealed class OpenedLedger : IAsyncDisposable
{
    private readonly SigningKey _key;

    private OpenedLedger(LedgerCore core, SigningKey key) => (Core, _key) = (core, key);

    public LedgerCore Core { get; }

    public static async Task<OpenedLedger> OpenAsync(string data)
    {
        LedgerPaths paths = new(data);
        Directory.CreateDirectory(data);
        LedgerOptions options = new();
        SigningKey key = CheckpointKeyFile.LoadOrCreate(new PhysicalFileSystem(), paths, out _);
        LedgerCore core = LedgerCore.Open(new LedgerSetting
        {
            Files = new PhysicalFileSystem(),
            Paths = paths,
            Options = options,
            Signer = new NoteSigner(options.Origin, key),
            Time = TimeProvider.System,
            Metrics = new LedgerMetrics(new BenchmarkMeters()),
            Log = NullLogger.Instance,
            NewLogId = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        });
        await core.StartAsync(CancellationToken.None);
        return new OpenedLedger(core, key);
    }

    public async ValueTask DisposeAsync()
    {
        await Core.DisposeAsync();
        _key.Dispose();
    }
}
