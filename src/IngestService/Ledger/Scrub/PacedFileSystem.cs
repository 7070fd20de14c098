using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>
/// The disk as the scrubber may use it: read only, within its budget, and from the disk itself. What the page cache holds of a
/// file is given up before and after, else yesterday's good copy in memory would answer for the bad one on the disk.
/// </summary>
internal sealed class PacedFileSystem(IFileSystem files, ReadBudget budget) : IFileSystem
{
    public IReadOnlyList<string> EnumerateFiles(string directory) => files.EnumerateFiles(directory);

    public IReadOnlyList<string> EnumerateDirectories(string directory) => files.EnumerateDirectories(directory);

    public IFile OpenExisting(string path, FileAccess access) =>
        access == FileAccess.Read ? new PacedFile(files.OpenExisting(path, FileAccess.Read), budget) : throw ReadOnly();

    public bool Exists(string path) => files.Exists(path);

    public long GetLength(string path) => files.GetLength(path);

    public long GetFreeBytes(string directory) => files.GetFreeBytes(directory);

    public void CreateDirectory(string path) => throw ReadOnly();

    public IFile CreateNew(string path) => throw ReadOnly();

    public void Delete(string path) => throw ReadOnly();

    public void Replace(string source, string destination) => throw ReadOnly();

    public void SyncDirectory(string directory) => throw ReadOnly();

    public IDisposable LockDirectory(string directory) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("The scrubber changes nothing.");

    private sealed class PacedFile : IFile
    {
        private readonly IFile _file;
        private readonly ReadBudget _budget;

        public PacedFile(IFile file, ReadBudget budget)
        {
            _file = file;
            _budget = budget;
            file.Forget(0, 0);
        }

        public long Length => _file.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            var read = _file.Read(buffer, offset);
            _budget.Spend(read);
            return read;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => throw ReadOnly();

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => throw ReadOnly();

        public void Flush() => throw ReadOnly();

        public void SetLength(long length) => throw ReadOnly();

        public void PunchHole(long offset, long length) => throw ReadOnly();

        public void Dispose()
        {
            _file.Forget(0, 0);
            _file.Dispose();
        }
    }
}
