using System.Globalization;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Recovery;

/// <summary>
/// The derived files beside the segments: <c>N.sealed</c> per sealed segment (N its first entry) and <c>N.state</c>, the
/// sequencer's state after the first N entries. The two newest states are kept.
/// </summary>
internal sealed class SnapshotDirectory(IFileSystem files, string directory, Guid logId, ILogger log)
{
    internal const string SealedExtension = ".sealed";
    internal const string StateExtension = ".state";
    private const int KeptStates = 2;

    public void Create() => files.CreateDirectory(directory);

    public SealedSegment? ReadSealed(ulong first, ulong next)
    {
        var path = PathOf(first, SealedExtension);
        var bytes = DurableFile.Read(files, path);
        var found = SealedSegmentFormat.Parse(bytes, logId, first, next);
        if (found is null && bytes is not null)
            log.SnapshotNotUsed(path);
        return found;
    }

    public void WriteSealed(SealedSegment segment) =>
        DurableFile.Replace(files, PathOf(segment.First, SealedExtension), SealedSegmentFormat.Format(logId, segment));

    /// <summary>The newest state that checks and does not know more than the segments hold.</summary>
    public SequencerState? ReadNewestState(ulong durableSize)
    {
        foreach (var size in StatesNewestFirst())
        {
            if (size <= durableSize
                && SequencerSnapshot.Parse(DurableFile.Read(files, PathOf(size, StateExtension)), logId) is { } state
                && state.Size == size)
                return state;
            log.SnapshotNotUsed(PathOf(size, StateExtension));
        }
        return null;
    }

    public void WriteState(ulong size, byte[] snapshot)
    {
        DurableFile.Replace(files, PathOf(size, StateExtension), snapshot);
        foreach (var old in StatesNewestFirst().Skip(KeptStates))
            files.Delete(PathOf(old, StateExtension));
    }

    /// <summary>Every state and every unfinished one, zeroed before it is unlinked: they hold digests of what was content.</summary>
    public void EraseStates()
    {
        foreach (var name in files.EnumerateFiles(directory))
            if (name.Contains(StateExtension, StringComparison.Ordinal))
                FileErasure.Erase(files, Path.Combine(directory, name));
    }

    private List<ulong> StatesNewestFirst()
    {
        var sizes = new List<ulong>();
        foreach (var name in files.EnumerateFiles(directory))
            if (name.EndsWith(StateExtension, StringComparison.Ordinal)
                && ulong.TryParse(name.AsSpan(0, name.Length - StateExtension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                sizes.Add(size);
        sizes.Sort();
        sizes.Reverse();
        return sizes;
    }

    private string PathOf(ulong number, string extension) =>
        Path.Combine(directory, number.ToString("D20", CultureInfo.InvariantCulture) + extension);
}
