using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Media;

/// The station's own copies, named by content: media/ab/abcd... Copies under way lie in media/incoming and mean nothing after a crash.
internal sealed class StationStore(IFileSystem files, AgentPaths paths)
{
    private string Incoming => Path.Combine(paths.StationStore, "incoming");

    private long _counter;

    /// Clears what an earlier run left half copied.
    public void Open()
    {
        files.CreateDirectory(Incoming);
        foreach (var name in files.EnumerateFiles(Incoming))
            files.Delete(Path.Combine(Incoming, name));
    }

    public string PathOf(Sha256Hash content)
    {
        var name = content.ToString();
        return Path.Combine(paths.StationStore, name[..2], name);
    }

    public bool Has(Sha256Hash content, long sizeBytes) =>
        files.Exists(PathOf(content)) && files.GetLength(PathOf(content)) == sizeBytes;

    /// A copy that has its name.
    public Stream OpenCopy(Sha256Hash content) => OpenRead(PathOf(content));

    public Stream OpenRead(string path) => new FileReadStream(files.OpenExisting(path, FileAccess.Read));

    public IFile CreateIncoming(string path) => files.CreateNew(path);

    public string NewIncoming() => Path.Combine(Incoming, $"{Interlocked.Increment(ref _counter)}.part");

    /// Gives a flushed incoming file its name. On return name and content are durable.
    public void Keep(string incoming, Sha256Hash content)
    {
        var path = PathOf(content);
        var directory = Path.GetDirectoryName(path) ?? paths.StationStore;
        files.CreateDirectory(directory);
        files.Replace(incoming, path);
        files.SyncDirectory(directory);
    }

    public void Drop(string path)
    {
        if (files.Exists(path))
            files.Delete(path);
    }
}
