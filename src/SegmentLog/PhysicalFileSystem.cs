namespace EdgeEnforcement.SegmentLog;

/// <summary>The real disk.</summary>
public sealed class PhysicalFileSystem : IFileSystem
{
    // Sharing is open on purpose: readers of this and of other processes look at segments the writer holds.
    private const FileShare Sharing = FileShare.ReadWrite | FileShare.Delete;

    private const string LockName = "writer.lock";

    public void CreateDirectory(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full))
            return;
        var parent = Path.GetDirectoryName(full);
        if (parent is not null)
            CreateDirectory(parent);
        Directory.CreateDirectory(full);
        if (parent is not null)
            SyncDirectory(parent);
    }

    public IReadOnlyList<string> EnumerateFiles(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Select(f => Path.GetFileName(f))] : [];

    public IFile OpenExisting(string path, FileAccess access) =>
        new PhysicalFile(File.OpenHandle(path, FileMode.Open, access, Sharing), path);

    public IFile CreateNew(string path) =>
        new PhysicalFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, Sharing), path);

    public bool Exists(string path) => File.Exists(path);

    public long GetLength(string path) => new FileInfo(path).Length;

    public void Delete(string path) => File.Delete(path);

    public void Replace(string source, string destination) => File.Move(source, destination, overwrite: true);

    public void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsLinux())
            LinuxNative.SyncDirectory(directory);
    }

    public long GetFreeBytes(string directory) => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;

    // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix: the kernel lets go of it with the process, however that ends.
    public IDisposable LockDirectory(string directory) =>
        File.OpenHandle(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
