using System.Security.Cryptography;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger.Checkpoints;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>The ledger's life in the host. If the shard stops for good, so does the process: nothing it could still answer is worth having.</summary>
internal sealed class LedgerShard(
    IOptions<LedgerOptions> options, IOptions<HostingOptions> hosting, LedgerMetrics metrics, TimeProvider time, HostFate fate,
    ILogger<LedgerShard> log) : IStartupStep
{
    private IOpenLedger? _core;
    private SigningKey? _key;
    private Task _watch = Task.CompletedTask;

    /// <summary>Set by the module; null: there always is room.</summary>
    public ILedgerRoom? Room { get; init; }

    public StartupStage Stage => StartupStage.Ledger;

    public IOpenLedger Core => _core ?? throw new InvalidOperationException("The ledger is not open yet.");

    public bool IsReadOnly => Core is ReadOnlyLedger;

    public IReadOnlyList<LedgerOrigin> Origins { get; private set; } = [];

    public async Task StartAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var settings = options.Value;
        IFileSystem files = new PhysicalFileSystem();
        if (settings.FlushDelayMilliseconds > 0)
            files = new DelayedFlushFileSystem(files, TimeSpan.FromMilliseconds(settings.FlushDelayMilliseconds));

        var identity = DataIdentity.Read(files, new LedgerPaths(hosting.Value.DataDirectory), settings.Origin);
        Origins = identity.Origins;
        if (identity.IsReadOnly)
        {
            _core = ReadOnlyLedger.Open(files, identity, log);
            log.LedgerReadOnly(identity.Name, _core.Reader.DurableSize);
            return;
        }

        _key = CheckpointKeyFile.LoadOrCreate(files, identity.Paths, out var created);
        var signer = new NoteSigner(identity.Name, _key);
        if (created)
            log.KeyCreated(signer.VerifierKey);
        identity.CheckKey(signer);
        var core = LedgerCore.Open(new LedgerSetting
        {
            Files = files, Paths = identity.Paths, Options = settings, Signer = signer, Time = time, Metrics = metrics, Log = log,
            Room = Room,
            NewLogId = new Guid(RandomNumberGenerator.GetBytes(16)),
        });
        _core = core;
        Origins = identity.Remember(files, signer);
        if (core.Report.Cut is { } cut)
            log.TailWasCut(cut.File, cut.Offset.Value, cut.Bytes, cut.Reason);
        await core.StartAsync(cancellation);
        _watch = WatchAsync(core);
        var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
        var signed = core.Proofs.Newest.Checkpoint.Size;
        log.LedgerOpened(identity.Name, core.Reader.DurableSize, core.Report.SegmentCount, signed, milliseconds);
    }

    private async Task WatchAsync(LedgerCore core)
    {
        try
        {
            await core.Completion;
        }
        catch (Exception e)
        {
            log.LedgerFatal(e);
            fate.Stop(ExitCode.LedgerStopped);
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_core is not { } core)
            return;
        await core.DisposeAsync();
        await _watch;
        _key?.Dispose();
        var signed = core.Proofs.Newest.Checkpoint.Size;
        log.LedgerClosed(signed);
    }
}
