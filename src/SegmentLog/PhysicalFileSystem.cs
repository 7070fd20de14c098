namespace EdgeEnforcement.SegmentLog;

/// <summary>The real disk.</summary>
public sealed class PhysicalFileSystem : IFileSystem
{
    // Sharing is open on purpose: readers of this and of other processes look at segments the writer holds.
    private const FileShare Sharing = FileShare.ReadWrite | FileShare.Delete;

    private const string LockName = "writer.lock";

    private readonly DirectoryMaker _directories = new(Directory.Exists, path => Directory.CreateDirectory(path), SyncParent);

    public void CreateDirectory(string path) => _directories.Create(path);

    private static void SyncParent(string parent, bool madeHere)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            LinuxNative.SyncDirectory(parent);
        }
        catch (IOException e) when (!madeHere && LinuxNative.IsNotOurs(e))
        {
            // A directory above ours that this process may not open, or whose file system cannot be synced: it made nothing there,
            // nor did an earlier one.
        }
    }

    public IReadOnlyList<string> EnumerateFiles(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Select(f => Path.GetFileName(f))] : [];

    public IReadOnlyList<string> EnumerateDirectories(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateDirectories(directory).Select(d => Path.GetFileName(d))] : [];

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
