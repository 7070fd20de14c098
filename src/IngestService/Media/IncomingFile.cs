using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>
/// One file on its way in: owner of its state file and of its generation. The gate covers state and generation only and is
/// held over the short state write; chunk bytes are written outside it, by as many streams as there are.
///
/// Fencing: <see cref="Begin"/> makes a new generation durable before anyone learns of it and cancels the token of the one
/// before. A late stream may still write bytes whose hash fits the manifest, which changes nothing; it cannot have them
/// counted, because <see cref="Commit"/> compares the generation under the gate.
/// </summary>
internal sealed class IncomingFile : IDisposable
{
    private readonly IFileSystem _files;
    private readonly MediaPaths _paths;
    private readonly Lock _gate = new();
    private UploadState? _state;
    private ulong _counter;
    private CancellationTokenSource _fence = new();
    private bool _closed;

    public IncomingFile(IFileSystem files, MediaPaths paths, ManifestFacts manifest)
    {
        _files = files;
        _paths = paths;
        Manifest = manifest;
    }

    public ManifestFacts Manifest { get; }

    /// <summary>The state as it is on disk.</summary>
    public UploadState State
    {
        get
        {
            lock (_gate)
                return Loaded_NeedsLock();
        }
    }

    /// <summary>A new generation, unless the file is stored already.</summary>
    public UploadState Begin()
    {
        CancellationTokenSource fenced;
        UploadState begun;
        lock (_gate)
        {
            var state = Loaded_NeedsLock();
            if (state.Stage == UploadStage.Stored)
                return state;
            begun = state with { Generation = state.Generation + 1 };
            Store_NeedsLock(begun);
            fenced = _fence;
            _fence = new CancellationTokenSource();
        }
        fenced.Cancel();
        fenced.Dispose();
        return begun;
    }

    /// <summary>Null when the generation is not, or no longer, the newest.</summary>
    public UploadSession? Open(ulong generation)
    {
        lock (_gate)
        {
            if (Loaded_NeedsLock().Generation != generation)
                return null;
            var data = _files.Exists(_paths.Data(Manifest.Index))
                ? _files.OpenExisting(_paths.Data(Manifest.Index), FileAccess.ReadWrite)
                : null;
            return new UploadSession(this, generation, data, _fence.Token);
        }
    }

    public bool Contains(uint chunk)
    {
        lock (_gate)
            return Loaded_NeedsLock().Chunks.Contains(chunk);
    }

    /// <summary>For good: the file is about to be erased. Streams end, nothing more is counted, and no state comes into being again.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
        _fence.Cancel();
    }

    /// <summary>Counts chunks whose bytes the caller has flushed. On return the bitmap is on disk, or the caller is fenced.</summary>
    public RefusalDetail? Commit(ulong generation, IReadOnlyList<uint> flushed)
    {
        lock (_gate)
        {
            if (_closed)
                return Fenced(generation, generation);
            var state = Loaded_NeedsLock();
            if (state.Generation != generation)
                return Fenced(generation, state.Generation);
            // In these stages the whole file is in the store: there is nothing left to count.
            if (state.Stage is UploadStage.Storing or UploadStage.Stored)
                return null;
            var chunks = state.Chunks.Copy();
            foreach (var chunk in flushed)
                chunks.Add(chunk);
            Store_NeedsLock(state with { Chunks = chunks });
            return null;
        }
    }

    /// <summary>Moves on to another stage; on return it is on disk.</summary>
    public void Enter(UploadStage stage, ulong ledgerPosition)
    {
        lock (_gate)
            Store_NeedsLock(Loaded_NeedsLock() with { Stage = stage, LedgerPosition = ledgerPosition });
    }

    /// <summary>The next question is answered from the disk.</summary>
    public void Forget()
    {
        lock (_gate)
            _state = null;
    }

    /// <summary>Starts over with an empty file under a new generation.</summary>
    public void Reset()
    {
        lock (_gate)
            Create_NeedsLock(Loaded_NeedsLock().Generation + 1);
    }

    public static RefusalDetail Fenced(ulong generation, ulong current) =>
        new(RefusalCode.Fenced, $"generation {generation} was taken over by {current}");

    public void Dispose() => _fence.Dispose();

    private UploadState Loaded_NeedsLock()
    {
        if (_closed)
            throw new IOException($"The upload of manifest {Manifest.Index} is closed.");
        if (_state is not null)
            return _state;
        var read = UploadStateFile.Read(_files, _paths.State(Manifest.Index), Manifest);
        if (read is null)
            return Create_NeedsLock(generation: 0);
        (_state, _counter) = read.Value;
        Settle_NeedsLock(_state);
        // Between the move to quarantine and the new start, or with the data lost, nothing may be counted.
        if (_state.Stage != UploadStage.Stored
            && !_files.Exists(_paths.Data(Manifest.Index))
            && !_files.Exists(_paths.Object(Manifest.Content)))
        {
            return Create_NeedsLock(_state.Generation + 1);
        }
        return _state;
    }

    // What was read may be in the page cache only: its flush failed, or its process was killed before the flush or before the sync
    // of the names. It is made durable before anything is answered from it. The same slot again: the other one may be the only one
    // that is on disk, and must survive a power cut in the middle of this.
    private void Settle_NeedsLock(UploadState state)
    {
        _state = null;
        UploadStateFile.Write(_files, _paths.State(Manifest.Index), state, _counter);
        _files.SyncDirectory(_paths.IncomingDirectory(Manifest.Index));
        _state = state;
    }

    // Data first, then the state that speaks of it; one sync of the directory makes both names durable. A crash before it
    // leaves no state, and the next start comes through here again.
    private UploadState Create_NeedsLock(ulong generation)
    {
        var directory = _paths.IncomingDirectory(Manifest.Index);
        var data = _paths.Data(Manifest.Index);
        var state = new UploadState(UploadStage.Receiving, generation, Manifest.Content, 0, new ChunkBitmap(Manifest.ChunkCount));
        _state = null;
        _files.CreateDirectory(directory);
        // A state from before still counts the chunks of the file that went: a crash must not leave it beside the new, empty one.
        if (UploadStateFile.Read(_files, _paths.State(Manifest.Index), Manifest) is { } old)
            UploadStateFile.Write(_files, _paths.State(Manifest.Index), state, old.Counter + 1);
        if (_files.Exists(data))
            _files.Delete(data);
        using (var file = _files.CreateNew(data))
            file.Flush();
        UploadStateFile.Create(_files, _paths.State(Manifest.Index), state);
        _files.SyncDirectory(directory);
        _counter = 0;
        _state = state;
        return state;
    }

    // After a failed write nothing is known of the slot: what is on disk is read again before anything more is answered.
    private void Store_NeedsLock(UploadState state)
    {
        _state = null;
        UploadStateFile.Write(_files, _paths.State(Manifest.Index), state, _counter + 1);
        _counter++;
        _state = state;
    }
}
