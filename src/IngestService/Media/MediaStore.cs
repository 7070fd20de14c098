using System.Collections.Concurrent;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>
/// The face of the media module: begin, stream and finish an upload; open what is stored. Files are independent of each
/// other, readers take no lock. Owns the tasks that finish files: they outlive the caller that asked, and are awaited at stop.
/// </summary>
internal sealed class MediaStore : IStartupStep, IDisposable
{
    private readonly IFileSystem _files;
    private readonly ManifestReader _manifests;
    private readonly MediaFinisher _finisher;
    private readonly MediaPaths _paths;
    private readonly MediaOptions _options;
    private readonly IMediaRoom? _room;
    private readonly ConcurrentDictionary<ulong, IncomingFile> _incoming = new();
    private readonly ConcurrentDictionary<ulong, Lazy<Task<FinishOutcome>>> _finishing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly MediaErasure _erasure;
    private readonly Lock _closing = new();
    private readonly HashSet<Sha256Hash> _closed = []; // contents that are being erased: no upload of them begins or ends meanwhile

    public MediaStore(
        IFileSystem files, ILedgerReader ledger, IFactAppender appender, IOptions<MediaOptions> options, ILogger<MediaFinisher> log,
        IMediaRoom? room = null)
    {
        _room = room;
        _files = files;
        _options = options.Value;
        _paths = new MediaPaths(_options.Directory);
        _manifests = new ManifestReader(ledger);
        _erasure = new MediaErasure(files, _paths, ledger);
        _finisher = new MediaFinisher(files, _paths, new StoredFacts(ledger, appender), log);
    }

    public StartupStage Stage => StartupStage.Media;

    public int WindowChunks => _options.WindowChunks;

    public int ChunksPerFlush => _options.ChunksPerFlush;

    public ManifestLookup FindManifest(ulong index) => _manifests.Find(index);

    /// <summary>Null while the watermarks let media in and the disk has room above the reserve.</summary>
    public RefusalDetail? Room()
    {
        if (_room?.WhyNoMedia() is { } held)
            return held;
        var free = _files.GetFreeBytes(_options.Directory);
        return free >= _options.ReserveBytes
            ? null
            : new RefusalDetail(RefusalCode.Busy, $"{free} bytes free, {_options.ReserveBytes} are kept in reserve");
    }

    /// <summary>Not null while this content is being erased, be it under another manifest.</summary>
    public RefusalDetail? Closed(ManifestFacts manifest)
    {
        lock (_closing)
            return _closed.Contains(manifest.Content)
                ? new RefusalDetail(RefusalCode.Busy, $"the content of manifest {manifest.Index} is being erased") : null;
    }

    /// <summary>On return no upload of these files or their contents is under way, and none begins before <see cref="Reopen"/>.</summary>
    public async Task CloseAsync(IReadOnlyList<ManifestFacts> manifests, CancellationToken cancellation)
    {
        Task[] running;
        lock (_closing)
        {
            _closed.UnionWith(manifests.Select(manifest => manifest.Content));
            running = [.. _finishing.Values.Select(finish => finish.Value)];
        }
        foreach (var manifest in manifests)
            if (_incoming.TryRemove(manifest.Index, out var file))
                file.Close();
        await Task.WhenAll(running).WaitAsync(cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // each outcome was its own caller's
        cancellation.ThrowIfCancellationRequested();
    }

    public void Reopen(IReadOnlyList<ManifestFacts> manifests)
    {
        lock (_closing)
            _closed.ExceptWith(manifests.Select(manifest => manifest.Content));
    }

    /// <summary>On return a note of what must go is durable; <see cref="FinishErasures"/> obeys it, or throws it away.</summary>
    public void PlanErasures(IReadOnlyList<ManifestFacts> manifests, Func<ManifestFacts, bool> isPromisedElsewhere) =>
        _erasure.Plan(manifests, isPromisedElsewhere);

    public void FinishErasures() => _erasure.Finish();

    public UploadState Begin(ManifestFacts manifest) => Incoming(manifest).Begin();

    /// <summary>True when the content lies in the store, be it under another manifest: nothing need be sent.</summary>
    public bool HasObject(ManifestFacts manifest) => _files.Exists(_paths.Object(manifest.Content));

    /// <summary>Null when fenced.</summary>
    public UploadSession? OpenSession(ManifestFacts manifest, ulong generation) => Closed(manifest) is not null ? null : Incoming(manifest).Open(generation);

    /// <summary>Idempotent. Callers that come together get the same outcome; one that leaves does not stop the others.</summary>
    public async Task<FinishOutcome> FinishAsync(ManifestFacts manifest, ulong generation, CancellationToken cancellation)
    {
        if (Closed(manifest) is { } closed)
            return new FinishOutcome(null, closed);
        var file = Incoming(manifest);
        var state = file.State;
        if (state.Stage != UploadStage.Stored && state.Generation != generation)
            return new FinishOutcome(null, IncomingFile.Fenced(generation, state.Generation));

        Lazy<Task<FinishOutcome>> running;
        lock (_closing)
        {
            // Closed since: its owner would find no state any more.
            if (_closed.Contains(manifest.Content))
                return new FinishOutcome(null, new RefusalDetail(RefusalCode.Busy, $"the content of manifest {manifest.Index} is being erased"));
            running = _finishing.GetOrAdd(manifest.Index, _ => new Lazy<Task<FinishOutcome>>(() => Task.Run(() => RunAsync(file))));
        }
        return await running.Value.WaitAsync(cancellation);
    }

    /// <summary>Null when the object is not in the store.</summary>
    public MediaReadStream? OpenRead(ManifestFacts manifest)
    {
        try
        {
            return new MediaReadStream(_files.OpenExisting(_paths.Object(manifest.Content), FileAccess.Read));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // not arrived yet: an ordinary state of a manifest
        }
    }

    public Task StartAsync(CancellationToken cancellation)
    {
        _files.CreateDirectory(_options.Directory);
        // The ledger's recovery is through: what it says is erased is erased. No door is open yet.
        FinishErasures();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        Task all = Task.WhenAll(_finishing.Values.Select(f => f.Value));
        await all.WaitAsync(cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // each outcome was its own caller's
    }

    public void Dispose()
    {
        _stopping.Dispose();
        foreach (var file in _incoming.Values)
            file.Dispose();
    }

    private IncomingFile Incoming(ManifestFacts manifest) =>
        _incoming.GetOrAdd(manifest.Index, _ => new IncomingFile(_files, _paths, manifest));

    private async Task<FinishOutcome> RunAsync(IncomingFile file)
    {
        FinishOutcome? outcome = null;
        try
        {
            outcome = await _finisher.FinishAsync(file, _stopping.Token);
            return outcome;
        }
        finally
        {
            // Nothing is remembered of a try: the next one reads what is on disk. The file's owner stays until the file is stored:
            // streams that are still open hold it, and a second owner beside it could not fence them.
            file.Forget();
            if (outcome?.Stored is not null)
                _incoming.TryRemove(KeyValuePair.Create(file.Manifest.Index, file));
            _finishing.TryRemove(file.Manifest.Index, out _);
        }
    }
}
