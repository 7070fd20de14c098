using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Testing;

/// <summary>A disk that says yes to every flush and does nothing: the mutation every durability suite must catch.</summary>
public sealed class FlushlessFileSystem(IFileSystem inner) : IFileSystem
{
    public void CreateDirectory(string path) => inner.CreateDirectory(path);

    public IReadOnlyList<string> EnumerateFiles(string directory) => inner.EnumerateFiles(directory);

    public IReadOnlyList<string> EnumerateDirectories(string directory) => inner.EnumerateDirectories(directory);

    public IFile OpenExisting(string path, FileAccess access) => new FlushlessFile(inner.OpenExisting(path, access));

    public IFile CreateNew(string path) => new FlushlessFile(inner.CreateNew(path));

    public bool Exists(string path) => inner.Exists(path);

    public long GetLength(string path) => inner.GetLength(path);

    public void Delete(string path) => inner.Delete(path);

    public void Replace(string source, string destination) => inner.Replace(source, destination);

    public void SyncDirectory(string directory) => inner.SyncDirectory(directory);

    public long GetFreeBytes(string directory) => inner.GetFreeBytes(directory);

    public IDisposable LockDirectory(string directory) => inner.LockDirectory(directory);

    private sealed class FlushlessFile(IFile file) : IFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => file.Write(parts, offset);

        public void Flush()
        {
        }

        public void SetLength(long length) => file.SetLength(length);

        public void PunchHole(long offset, long length) => file.PunchHole(offset, length);

        public void Dispose() => file.Dispose();
    }
}
