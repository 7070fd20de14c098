using System.Collections.Concurrent;

namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// Makes directories that a power cut does not take away: each level is made, then its parent synced. A level that is there already
/// is synced as well, once per process: it may have been made by a process that was killed before it came to the sync, and its name
/// is then in the page cache only, with everything that is put below it.
/// </summary>
/// <param name="make">Makes one level; its parent is there.</param>
/// <param name="syncParent">Syncs the directory of the first argument; the second says whether this process made a name in it.</param>
public sealed class DirectoryMaker(Func<string, bool> exists, Action<string> make, Action<string, bool> syncParent)
{
    private readonly ConcurrentDictionary<string, bool> _durable = new(StringComparer.Ordinal);

    /// <summary>On return the directory and its parents are durable.</summary>
    public void Create(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (_durable.ContainsKey(full) && exists(full))
            return;
        if (Path.GetDirectoryName(full) is { } parent)
        {
            Create(parent);
            var made = !exists(full);
            if (made)
                make(full);
            syncParent(parent, made);
        }
        _durable[full] = true;
    }
}
