namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// A disk whose every flush takes at least <paramref name="delay"/> longer: for measuring what group commit makes of a slow disk
/// on a machine whose virtual disk answers at once.
/// </summary>
public sealed class DelayedFlushFileSystem(IFileSystem inner, TimeSpan delay) : IFileSystem
{
    public void CreateDirectory(string path) => inner.CreateDirectory(path);

    public IReadOnlyList<string> EnumerateFiles(string directory) => inner.EnumerateFiles(directory);

    public IReadOnlyList<string> EnumerateDirectories(string directory) => inner.EnumerateDirectories(directory);

    public IFile OpenExisting(string path, FileAccess access) => new DelayedFile(inner.OpenExisting(path, access), this);

    public IFile CreateNew(string path) => new DelayedFile(inner.CreateNew(path), this);

    public bool Exists(string path) => inner.Exists(path);

    public long GetLength(string path) => inner.GetLength(path);

    public void Delete(string path) => inner.Delete(path);

    public void Replace(string source, string destination) => inner.Replace(source, destination);

    public void SyncDirectory(string directory)
    {
        inner.SyncDirectory(directory);
        Block();
    }

    public long GetFreeBytes(string directory) => inner.GetFreeBytes(directory);

    public IDisposable LockDirectory(string directory) => inner.LockDirectory(directory);

    // The caller's thread really waits, as it would for the disk: a flush is a blocking call on the committing thread. The kernel's timer and
    // not the runtime's, whose milliseconds are coarse and whose callback waits for a thread of the pool.
    private void Block()
    {
        if (delay <= TimeSpan.Zero)
            return;
        if (OperatingSystem.IsLinux())
        {
            LinuxNative.Pause(delay);
            return;
        }
        using var never = new ManualResetEventSlim();
        never.Wait(delay);
    }

    private sealed class DelayedFile(IFile file, DelayedFlushFileSystem owner) : IFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => file.Write(parts, offset);

        public void Flush()
        {
            file.Flush();
            owner.Block();
        }

        public void SetLength(long length) => file.SetLength(length);

        public void PunchHole(long offset, long length) => file.PunchHole(offset, length);

        public void Dispose() => file.Dispose();
    }
}
