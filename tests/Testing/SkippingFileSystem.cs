using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Testing;

/// <summary>A disk that says yes to some flushes or directory syncs and does not do them: one forgotten call, as a mutation.</summary>
/// <param name="skipFlush">Asked with the path the file was opened by.</param>
public sealed class SkippingFileSystem(IFileSystem inner, Func<string, bool>? skipFlush = null, Func<string, bool>? skipSync = null) : IFileSystem
{
    /// <summary>Calls that were left out.</summary>
    public int SkippedCount { get; private set; }

    public void CreateDirectory(string path) => inner.CreateDirectory(path);

    public IReadOnlyList<string> EnumerateFiles(string directory) => inner.EnumerateFiles(directory);

    public IReadOnlyList<string> EnumerateDirectories(string directory) => inner.EnumerateDirectories(directory);

    public IFile OpenExisting(string path, FileAccess access) => new SkippingFile(this, inner.OpenExisting(path, access), path);

    public IFile CreateNew(string path) => new SkippingFile(this, inner.CreateNew(path), path);

    public bool Exists(string path) => inner.Exists(path);

    public long GetLength(string path) => inner.GetLength(path);

    public void Delete(string path) => inner.Delete(path);

    public void Replace(string source, string destination) => inner.Replace(source, destination);

    public void SyncDirectory(string directory)
    {
        if (skipSync?.Invoke(directory) == true)
            SkippedCount++;
        else
            inner.SyncDirectory(directory);
    }

    public long GetFreeBytes(string directory) => inner.GetFreeBytes(directory);

    public IDisposable LockDirectory(string directory) => inner.LockDirectory(directory);

    private sealed class SkippingFile(SkippingFileSystem owner, IFile file, string path) : IFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => file.Write(parts, offset);

        public void Flush()
        {
            if (owner.Skips(path))
                owner.SkippedCount++;
            else
                file.Flush();
        }

        public void SetLength(long length) => file.SetLength(length);

        public void PunchHole(long offset, long length) => file.PunchHole(offset, length);

        public void Dispose() => file.Dispose();
    }

    private bool Skips(string path) => skipFlush?.Invoke(path) == true;
}
