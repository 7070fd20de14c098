using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Testing;

/// <summary>
/// A disk in memory that remembers what was flushed and what was not, so that a test can cut its power and see what is left. It is
/// as unkind as POSIX allows: writes not flushed may arrive in any order or in part, names not synced may be missing, and a flush that
/// failed has lost its bytes for good while they still read well.
/// </summary>
public sealed class ShadowFileSystem : IFileSystem
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ShadowDirectory> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<ShadowNode> _nodes = [];
    private readonly HashSet<string> _locked = new(StringComparer.Ordinal);
    private int _generation;
    private bool _powerOff;
    private int _faultAt;
    private ShadowFault _fault;

    /// <summary>Calls so far that change something or open a file; what <see cref="FailAt"/> counts.</summary>
    public int CallCount { get; private set; }

    /// <summary>File flushes that reached the disk.</summary>
    public int FlushCount { get; private set; }

    public int SyncDirectoryCount { get; private set; }

    public bool FaultReached { get; private set; }

    /// <summary>Bytes that can still be written; writing more puts down what fits and throws, as ENOSPC does.</summary>
    public long FreeBytes { get; set; } = long.MaxValue;

    /// <summary>Called outside the lock before each flush has its effect; for holding a flush up or counting.</summary>
    public Action? BeforeFlush { get; set; }

    /// <summary>The <paramref name="call"/>-th call from now (1 = the next) fails in the given way.</summary>
    public void FailAt(int call, ShadowFault fault)
    {
        lock (_gate)
        {
            _faultAt = CallCount + call;
            _fault = fault;
            FaultReached = false;
        }
    }

    public void ClearFault()
    {
        lock (_gate)
            _faultAt = 0;
    }

    /// <summary>Power cut and restart: handles from before are dead, only what the mode leaves is there.</summary>
    public void Crash(CrashMode mode, int seed = 0)
    {
        lock (_gate)
        {
            var random = new Random(seed);
            foreach (var node in _nodes)
                node.Crash(mode, random);
            foreach (var directory in _directories.Values)
                directory.Crash(mode, random);
            _nodes.IntersectWith(_directories.Values.SelectMany(d => d.EveryNode));
            _locked.Clear();
            _generation++;
            _powerOff = false;
            _faultAt = 0;
        }
    }

    /// <summary>The process died and the machine did not: handles and locks are gone, what was written still reads as it did.</summary>
    public void RestartProcess()
    {
        lock (_gate)
        {
            _locked.Clear();
            _generation++;
            _faultAt = 0;
        }
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
                return _nodes.Any(n => n.UnflushedCount > 0) || _directories.Values.Any(d => d.Pending.Any());
        }
    }

    /// <summary>A disk of its own with what is durable on this one: what a power cut leaves that keeps nothing else.</summary>
    public ShadowFileSystem DurableCopy()
    {
        var copy = new ShadowFileSystem();
        lock (_gate)
            foreach (var (path, directory) in _directories)
            {
                copy._directories.Add(path, new ShadowDirectory());
                foreach (var (name, node) in directory.Durable.OrderBy(n => n.Key, StringComparer.Ordinal))
                    copy.Place(Path.Combine(path, name), node.Durable);
            }
        return copy;
    }

    /// <summary>
    /// Everything about this disk that a program or a power cut can make a difference of, in a fixed order. Equal descriptions: the
    /// same calls from here on have the same effects.
    /// </summary>
    public void Describe(BinaryWriter into, Func<byte[], byte[]> bytes)
    {
        var known = new Dictionary<ShadowNode, int>();
        lock (_gate)
            foreach (var (path, directory) in _directories.OrderBy(d => d.Key, StringComparer.Ordinal))
            {
                into.Write(path);
                foreach (var (name, node) in directory.Durable.OrderBy(n => n.Key, StringComparer.Ordinal)
                    .Concat(directory.Seen.OrderBy(n => n.Key, StringComparer.Ordinal)))
                {
                    into.Write(name);
                    if (known.TryAdd(node, known.Count))
                        node.Describe(into, bytes);
                    into.Write(known[node]);
                }
                foreach (var what in directory.Pending)
                    into.Write(what);
            }
    }

    /// <summary>Puts a file there, durable with its name.</summary>
    public void Place(string path, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var node = new ShadowNode();
            node.Write(bytes, 0);
            node.Flush();
            _nodes.Add(node);
            var directory = Folder(path);
            directory.Add(Path.GetFileName(path), node);
            directory.Sync();
        }
    }

    // Making a directory is one durable step here: the code under test does it once, before anything is stored.
    public void CreateDirectory(string path) => Call(() =>
    {
        if (!_directories.ContainsKey(path))
            _directories.Add(path, new ShadowDirectory());
    });

    public IReadOnlyList<string> EnumerateFiles(string directory)
    {
        lock (_gate)
            return _directories.TryGetValue(directory, out var found) ? [.. found.Seen.Keys] : [];
    }

    public IFile OpenExisting(string path, FileAccess access)
    {
        ShadowNode? node = null;
        Call(() => node = Find(path));
        return new ShadowFile(this, node!, _generation); // set by the call, which throws otherwise
    }

    public IFile CreateNew(string path)
    {
        var node = new ShadowNode();
        Call(() =>
        {
            if (!Folder(path).Seen.ContainsKey(Path.GetFileName(path)))
                Folder(path).Add(Path.GetFileName(path), node);
            else
                throw new IOException($"'{path}' exists.");
            _nodes.Add(node);
        });
        return new ShadowFile(this, node, _generation);
    }

    public bool Exists(string path)
    {
        lock (_gate)
            return _directories.TryGetValue(Path.GetDirectoryName(path) ?? "", out var directory)
                && directory.Seen.ContainsKey(Path.GetFileName(path));
    }

    public long GetLength(string path)
    {
        lock (_gate)
            return Find(path).Length;
    }

    public void Delete(string path) => Call(() => Folder(path).Remove(Path.GetFileName(path)));

    public void Replace(string source, string destination) => Call(() =>
    {
        var node = Find(source);
        var (from, to) = (Folder(source), Folder(destination));
        if (from == to)
            from.Rename(Path.GetFileName(source), Path.GetFileName(destination));
        else
            from.MoveTo(to, Path.GetFileName(source), Path.GetFileName(destination), node);
    });

    public void SyncDirectory(string directory) => Call(() =>
    {
        SyncDirectoryCount++;
        Folder(Path.Combine(directory, "x")).Sync();
    });

    public long GetFreeBytes(string directory) => FreeBytes;

    public IDisposable LockDirectory(string directory)
    {
        Call(() =>
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

    private ShadowDirectory Folder(string path) =>
        _directories.TryGetValue(Path.GetDirectoryName(path) ?? "", out var directory)
            ? directory
            : throw new DirectoryNotFoundException(path);

    private ShadowNode Find(string path) =>
        Folder(path).Seen.TryGetValue(Path.GetFileName(path), out var node) ? node : throw new FileNotFoundException(path);

    /// <param name="onFailure">What a failure before the effect does all the same.</param>
    private void Call(Action effect, Action? onFailure = null)
    {
        lock (_gate)
        {
            if (_powerOff)
                throw new IOException("The power is off.");
            var faulty = ++CallCount == _faultAt;
            FaultReached |= faulty;
            if (faulty && _fault is (ShadowFault.FailBeforeEffect or ShadowFault.PowerOffBeforeEffect))
                onFailure?.Invoke();
            else
                effect();
            if (!faulty)
                return;
            _powerOff = _fault is ShadowFault.PowerOffBeforeEffect or ShadowFault.PowerOffAfterEffect;
            throw new IOException($"Injected: {_fault} at call {CallCount}.");
        }
    }

    private sealed class DirectoryLock(ShadowFileSystem disk, string directory, int generation) : IDisposable
    {
        public void Dispose() => disk.Unlock(directory, generation);
    }

    private sealed class ShadowFile(ShadowFileSystem disk, ShadowNode node, int generation) : IFile
    {
        public long Length
        {
            get
            {
                lock (disk._gate)
                    return node.Length;
            }
        }

        public int Read(Span<byte> buffer, long offset)
        {
            lock (disk._gate)
            {
                ThrowIfDead();
                var there = node.Seen[(int)Math.Min(offset, node.Length)..];
                var count = Math.Min(buffer.Length, there.Length);
                there[..count].CopyTo(buffer);
                return count;
            }
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            var copy = bytes.ToArray();
            Call(() => WriteWhatFits(copy, offset));
        }

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) =>
            Write(parts.SelectMany(p => p.ToArray()).ToArray(), offset);

        private void WriteWhatFits(byte[] bytes, long offset)
        {
            var growth = Math.Max(0, offset + bytes.Length - node.Length);
            var missing = (int)Math.Min(bytes.Length, Math.Max(0, growth - disk.FreeBytes));
            if (disk.FreeBytes != long.MaxValue)
                disk.FreeBytes -= growth - Math.Min(growth, missing);
            node.Write(bytes.AsSpan(0, bytes.Length - missing), offset);
            if (missing > 0)
                throw new IOException("No space left on device.", 28); // ENOSPC, as .NET carries it
        }

        public void Flush()
        {
            disk.BeforeFlush?.Invoke();
            Call(() =>
            {
                disk.FlushCount++;
                node.Flush();
            }, node.FailFlush);
        }

        public void SetLength(long length) => Call(() => node.SetLength(length));

        public void PunchHole(long offset, long length) => Call(() =>
        {
            var end = Math.Min(offset + length, node.Length);
            if (end > offset)
                node.Write(new byte[end - offset], offset);
        });

        private void Call(Action effect, Action? onFailure = null)
        {
            ThrowIfDead();
            disk.Call(effect, onFailure);
        }

        private void ThrowIfDead()
        {
            if (generation != disk._generation)
                throw new IOException("The handle is from before the power cut.");
        }

        public void Dispose()
        {
        }
    }
}
