using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Testing;

/// <summary>
/// A disk in memory that remembers what was flushed and what was not, so that a test can cut its power and see what is left. It is
/// as unkind as POSIX allows: writes not flushed may arrive in any order or in part, names not synced may be missing (those of
/// directories with all that lies below them), and a flush that failed has lost its bytes for good while they still read well.
/// </summary>
public sealed class ShadowFileSystem : IFileSystem
{
    private readonly Lock _gate = new();
    private readonly ShadowDirectory _root;
    private readonly HashSet<string> _locked = new(StringComparer.Ordinal);
    private readonly List<ShadowNode> _everMade = [];
    private DirectoryMaker _maker;
    private int _generation;
    private bool _powerOff;
    private int _faultAt;
    private ShadowFault _fault;
    private int _errno;

    public ShadowFileSystem()
        : this(new ShadowDirectory())
    {
    }

    private ShadowFileSystem(ShadowDirectory root)
    {
        _root = root;
        _maker = NewMaker();
    }

    /// <summary>Calls so far that change something or open a file, and looks as well if they are counted; what <see cref="FailAt"/> counts.</summary>
    public int CallCount { get; private set; }

    /// <summary>Count, and let fail, also what only looks: read, length, exists, enumerate, free space.</summary>
    public bool CountLooks { get; set; }

    /// <summary>File flushes that reached the disk.</summary>
    public int FlushCount { get; private set; }

    public int SyncDirectoryCount { get; private set; }

    public bool FaultReached => FaultedCall is not null;

    /// <summary>The call the last fault struck; null until then.</summary>
    public ShadowCall? FaultedCall { get; private set; }

    /// <summary>Bytes that can still be written; writing more puts down what fits and throws, as ENOSPC does.</summary>
    public long FreeBytes { get; set; } = long.MaxValue;

    /// <summary>Called outside the lock before each flush has its effect; for holding a flush up or counting.</summary>
    public Action? BeforeFlush { get; set; }

    /// <summary>Told each write before it has its effect, also one that will fail: path and bytes.</summary>
    public Action<string, byte[]>? Writing { get; set; }

    /// <summary>The <paramref name="call"/>-th call from now (1 = the next) fails in the given way.</summary>
    public void FailAt(int call, ShadowFault fault, int errno = ShadowErrno.Eio)
    {
        lock (_gate)
        {
            _faultAt = CallCount + call;
            _fault = fault;
            _errno = errno;
            FaultedCall = null;
        }
    }

    public void ClearFault()
    {
        lock (_gate)
            _faultAt = 0;
    }

    /// <summary>From here on every call fails, until <see cref="Crash"/> or <see cref="RestartProcess"/>.</summary>
    public void CutPower()
    {
        lock (_gate)
            _powerOff = true;
    }

    /// <summary>Power cut and restart: handles from before are dead, only what the mode leaves is there.</summary>
    public void Crash(CrashMode mode, int seed = 0)
    {
        lock (_gate)
        {
            _root.Crash(mode, new Random(seed));
            Restart_NeedsLock();
        }
    }

    /// <summary>
    /// The process died and the machine did not: handles and locks are gone, what was written still reads as it did, and what was
    /// not flushed still waits for a power cut to take it.
    /// </summary>
    public void RestartProcess()
    {
        lock (_gate)
            Restart_NeedsLock();
    }

    private void Restart_NeedsLock()
    {
        _locked.Clear();
        _generation++;
        _powerOff = false;
        _faultAt = 0;
        _maker = NewMaker();
    }

    public byte[] ReadAllBytes(string path)
    {
        lock (_gate)
            return Find(path).Seen.ToArray();
    }

    /// <summary>True while a power cut could leave something else than what programs see.</summary>
    public bool HasUnsynced
    {
        get
        {
            lock (_gate)
                return _root.HasUnsynced;
        }
    }

    /// <summary>A disk of its own with what is durable on this one: what a power cut leaves that keeps nothing else.</summary>
    public ShadowFileSystem DurableCopy()
    {
        lock (_gate)
            return new ShadowFileSystem((ShadowDirectory)_root.DurableCopy([]));
    }

    /// <summary>
    /// Everything about this disk that a program or a power cut can make a difference of, in a fixed order. Equal descriptions: the
    /// same calls from here on have the same effects.
    /// </summary>
    public void Describe(BinaryWriter into, Func<byte[], byte[]> bytes)
    {
        lock (_gate)
            _root.Describe(into, bytes, []);
    }

    /// <summary>Paths of all files, in no order.</summary>
    public IReadOnlyList<string> AllFiles()
    {
        lock (_gate)
            return [.. FilesBelow("", _root)];
    }

    private static IEnumerable<string> FilesBelow(string path, ShadowDirectory directory) => directory.Seen.SelectMany(entry =>
        entry.Value is ShadowDirectory below ? FilesBelow($"{path}/{entry.Key}", below) : [$"{path}/{entry.Key}"]);

    /// <summary>
    /// What lies in blocks that no name leads to any more, on the disk or in memory: a file that was unlinked keeps its bytes until
    /// somebody else gets the blocks. Files of a <see cref="DurableCopy"/> begin with an empty past.
    /// </summary>
    public IReadOnlyList<byte[]> FreeBlocks()
    {
        lock (_gate)
        {
            var named = new HashSet<ShadowEntry>();
            _root.Collect(named);
            return [.. _everMade.Where(node => !named.Contains(node)).Select(node => node.Durable.ToArray())];
        }
    }

    /// <summary>
    /// What lies in blocks that a punched hole gave back. Zeros that were written and not flushed are dropped with the pages of the hole:
    /// the blocks hold what was there before.
    /// </summary>
    public IReadOnlyList<byte[]> PunchedBlocks()
    {
        lock (_gate)
            return [.. _everMade.SelectMany(node => node.Punched)];
    }

    private ShadowNode NewNode_NeedsLock()
    {
        var node = new ShadowNode();
        _everMade.Add(node);
        return node;
    }

    /// <summary>Puts a file there, durable with its name.</summary>
    public void Place(string path, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var node = NewNode_NeedsLock();
            node.Write(bytes, 0);
            node.Flush();
            var directory = FolderOf(path);
            directory.Add(Path.GetFileName(path), node);
            directory.Sync();
        }
    }

    public void CreateDirectory(string path) => _maker.Create(path);

    // The real disk's algorithm over this disk's single steps, each of which may fail.
    private DirectoryMaker NewMaker() => new(
        path => Directory(path) is not null,
        path => Call("mkdir", path, () => FolderOf(path).Add(Path.GetFileName(path), new ShadowDirectory())),
        (parent, _) => SyncDirectory(parent));

    public IReadOnlyList<string> EnumerateFiles(string directory) => Names<ShadowNode>(directory);

    public IReadOnlyList<string> EnumerateDirectories(string directory) => Names<ShadowDirectory>(directory);

    private IReadOnlyList<string> Names<T>(string directory) where T : ShadowEntry =>
        Look<IReadOnlyList<string>>("enumerate", directory, () => Directory(directory) is { } found ? [.. found.NamesOf<T>()] : []);

    public IFile OpenExisting(string path, FileAccess access)
    {
        ShadowNode? node = null;
        Call("open", path, () => node = Find(path));
        return new ShadowFile(this, node!, path, _generation); // set by the call, which throws otherwise
    }

    public IFile CreateNew(string path)
    {
        ShadowNode? node = null;
        Call("create", path, () =>
        {
            if (FolderOf(path).Seen.ContainsKey(Path.GetFileName(path)))
                throw new IOException($"'{path}' exists.");
            FolderOf(path).Add(Path.GetFileName(path), node = NewNode_NeedsLock());
        });
        return new ShadowFile(this, node!, path, _generation); // set by the call, which throws otherwise
    }

    public bool Exists(string path) => Look("exists", path, () =>
        Directory(Path.GetDirectoryName(path) ?? "") is { } directory && directory.Seen.GetValueOrDefault(Path.GetFileName(path)) is ShadowNode);

    public long GetLength(string path) => Look("length", path, () => (long)Find(path).Length);

    public void Delete(string path) => Call("delete", path, () => FolderOf(path).Remove(Path.GetFileName(path)));

    public void Replace(string source, string destination) => Call("rename", source, () =>
    {
        var node = Find(source);
        var (from, to) = (FolderOf(source), FolderOf(destination));
        if (from == to)
            from.Rename(Path.GetFileName(source), Path.GetFileName(destination));
        else
            from.MoveTo(to, Path.GetFileName(source), Path.GetFileName(destination), node);
    });

    public void SyncDirectory(string directory) => Call("syncdir", directory, () =>
    {
        SyncDirectoryCount++;
        (Directory(directory) ?? throw new DirectoryNotFoundException(directory)).Sync();
    });

    public long GetFreeBytes(string directory) => Look("free", directory, () => FreeBytes);

    public IDisposable LockDirectory(string directory)
    {
        Call("lock", directory, () =>
        {
            if (!_locked.Add(directory))
                throw new IOException($"'{directory}' is in use.");
        });
        return new DirectoryLock(this, directory, _generation);
    }

    private void Unlock(string directory, int generation)
    {
        lock (_gate)
            if (generation == _generation)
                _locked.Remove(directory);
    }

    private ShadowDirectory FolderOf(string path) =>
        Directory(Path.GetDirectoryName(path) ?? "") ?? throw new DirectoryNotFoundException(path);

    private ShadowDirectory? Directory(string path)
    {
        var directory = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (directory.Seen.GetValueOrDefault(name) is not ShadowDirectory next)
                return null;
            directory = next;
        }
        return directory;
    }

    private ShadowNode Find(string path) =>
        FolderOf(path).Seen.GetValueOrDefault(Path.GetFileName(path)) as ShadowNode ?? throw new FileNotFoundException(path);

    internal bool IsAlive(int generation) => generation == _generation;

    internal T Look<T>(string kind, string path, Func<T> look)
    {
        lock (_gate)
        {
            // Looks answer without power, too: who looks then is a test, and what is dying can do no harm by it.
            if (CountLooks && !_powerOff && IsFaulty_NeedsLock(kind, path))
                throw Fail_NeedsLock();
            return look();
        }
    }

    /// <param name="onFailure">What a failure before the effect does all the same.</param>
    /// <param name="half">What a failure in the middle does.</param>
    internal void Call(string kind, string path, Action effect, Action? onFailure = null, Action? half = null)
    {
        lock (_gate)
        {
            if (_powerOff)
                throw ShadowErrno.Exception(ShadowErrno.Eio, "the power is off");
            if (!IsFaulty_NeedsLock(kind, path))
                effect();
            else
            {
                if (_fault is ShadowFault.FailAfterEffect or ShadowFault.PowerOffAfterEffect)
                    effect();
                else if (_fault == ShadowFault.FailHalfway && half is not null)
                    half();
                else
                    onFailure?.Invoke();
                throw Fail_NeedsLock();
            }
        }
    }

    private bool IsFaulty_NeedsLock(string kind, string path)
    {
        if (++CallCount != _faultAt)
            return false;
        FaultedCall = new ShadowCall(CallCount, kind, path);
        return true;
    }

    private IOException Fail_NeedsLock()
    {
        _powerOff = _fault is ShadowFault.PowerOffBeforeEffect or ShadowFault.PowerOffAfterEffect;
        return ShadowErrno.Exception(_errno, $"injected {_fault} at call {FaultedCall}");
    }

    internal void CountFlush() => FlushCount++;

    /// Takes the room a file grows by; what does not fit is the caller's to leave out. Under the lock.
    internal long TakeRoom(long growth)
    {
        var taken = Math.Min(growth, FreeBytes);
        if (FreeBytes != long.MaxValue)
            FreeBytes -= taken;
        return taken;
    }

    private sealed class DirectoryLock(ShadowFileSystem disk, string directory, int generation) : IDisposable
    {
        public void Dispose() => disk.Unlock(directory, generation);
    }
}
