using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

/// <summary>A disk on which the spool cannot be opened while told so.</summary>
internal sealed class FailingStart(Func<bool> fails) : IFileSystem
{
    private readonly PhysicalFileSystem _disk = new();

    public IFile OpenExisting(string path, FileAccess access) =>
        path.EndsWith("epoch.json", StringComparison.Ordinal) && fails() ? throw new IOException("the spool's disk is not there") : _disk.OpenExisting(path, access);

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public IReadOnlyList<string> EnumerateFiles(string directory) => _disk.EnumerateFiles(directory);

    public IReadOnlyList<string> EnumerateDirectories(string directory) => _disk.EnumerateDirectories(directory);

    public IFile CreateNew(string path) => _disk.CreateNew(path);

    public bool Exists(string path) => _disk.Exists(path);

    public long GetLength(string path) => _disk.GetLength(path);

    public void Delete(string path) => _disk.Delete(path);

    public void Replace(string source, string destination) => _disk.Replace(source, destination);

    public void SyncDirectory(string directory) => _disk.SyncDirectory(directory);

    public long GetFreeBytes(string directory) => _disk.GetFreeBytes(directory);

    public IDisposable LockDirectory(string directory) => _disk.LockDirectory(directory);
}
