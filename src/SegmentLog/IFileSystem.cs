namespace EdgeEnforcement.SegmentLog;

/// <summary>The file seam: what a log needs of a disk, no more. A directory's changes are durable after <see cref="SyncDirectory"/>.</summary>
public interface IFileSystem
{
    /// <summary>Creates the directory with its missing parents; on return all of them are durable.</summary>
    void CreateDirectory(string path);

    /// <summary>The names (without directory) of the files in a directory, in no order; empty if there is no such directory.</summary>
    IReadOnlyList<string> EnumerateFiles(string directory);

    /// <summary>The names of the directories in a directory, in no order; empty if there is no such directory.</summary>
    IReadOnlyList<string> EnumerateDirectories(string directory);

    IFile OpenExisting(string path, FileAccess access);

    /// <summary>Creates the file; an existing one is an <see cref="IOException"/>.</summary>
    IFile CreateNew(string path);

    bool Exists(string path);

    long GetLength(string path);

    void Delete(string path);

    /// <summary>Renames, replacing what the destination was, in one step.</summary>
    void Replace(string source, string destination);

    void SyncDirectory(string directory);

    long GetFreeBytes(string directory);

    /// <summary>
    /// Takes the directory for one writer until disposed or until the process dies; an <see cref="IOException"/> if it is taken.
    /// </summary>
    IDisposable LockDirectory(string directory);
}
