namespace EdgeEnforcement.SegmentLog.Space;

/// <summary>
/// Bytes of all files below a directory, found by walking it. A walk over a million files takes seconds, so the next one comes at the
/// earliest fifty times that later; in between the last result stands. Owned by one loop.
/// </summary>
public sealed class DirectoryTally(string directory, TimeProvider time)
{
    private const int RestFactor = 50;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };

    private long _bytes;
    private long _ended;
    private TimeSpan _took;
    private bool _walked;
    private long? _recalled;

    /// <summary>What an earlier process found: stands for the next question, and for no other.</summary>
    public void Recall(long bytes) => _recalled = bytes;

    public long Bytes()
    {
        if (_recalled is { } known)
        {
            _recalled = null;
            return _bytes = known;
        }
        if (_walked && time.GetElapsedTime(_ended) < _took * RestFactor)
            return _bytes;
        var started = time.GetTimestamp();
        _bytes = Walk();
        _ended = time.GetTimestamp();
        _took = time.GetElapsedTime(started, _ended);
        _walked = true;
        return _bytes;
    }

    private long Walk()
    {
        var root = new DirectoryInfo(directory);
        if (!root.Exists)
            return 0;
        long bytes = 0;
        foreach (var file in root.EnumerateFiles("*", Everything))
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Deleted while we walked: it no longer counts.
            }
        return bytes;
    }
}
