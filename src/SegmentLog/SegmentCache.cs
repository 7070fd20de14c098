namespace EdgeEnforcement.SegmentLog;

/// Open segment files of one reader, least recently used out first. A file in use is closed by its last user.
internal sealed class SegmentCache(IFileSystem files) : IDisposable
{
    // 64 handles and at most 64 x 1,024 places (2.5 MB); a pump and a few random readers need a handful.
    private const int Capacity = 64;

    private readonly Lock _gate = new();
    private readonly LinkedList<OpenSegment> _recent = new();
    private ulong _oldest;
    private bool _disposed;

    /// <param name="oldest">First index of the log: handles of segments deleted since are closed, else they would hold their space.</param>
    public OpenSegment Rent(SegmentEntry segment, ulong oldest)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            CloseBelow_NeedsLock(oldest);
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Segment.Header.FirstIndex != segment.Header.FirstIndex)
                    continue;
                _recent.Remove(node);
                _recent.AddFirst(node);
                node.Value.UseCount++;
                return node.Value;
            }

            var opened = new OpenSegment(files.OpenExisting(segment.Path, FileAccess.Read), segment) { UseCount = 1 };
            _recent.AddFirst(opened);
            if (_recent.Count > Capacity && _recent.Last is { } last)
                Evict_NeedsLock(last);
            return opened;
        }
    }

    public void Return(OpenSegment segment)
    {
        lock (_gate)
        {
            segment.UseCount--;
            if (segment is { Evicted: true, UseCount: 0 })
                segment.File.Dispose();
        }
    }

    private void CloseBelow_NeedsLock(ulong oldest)
    {
        if (oldest == _oldest)
            return;
        _oldest = oldest;
        for (var node = _recent.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Segment.Header.FirstIndex < oldest)
                Evict_NeedsLock(node);
            node = next;
        }
    }

    private void Evict_NeedsLock(LinkedListNode<OpenSegment> node)
    {
        _recent.Remove(node);
        node.Value.Evicted = true;
        if (node.Value.UseCount == 0)
            node.Value.File.Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_recent.Last is { } last)
                Evict_NeedsLock(last);
        }
    }
}
