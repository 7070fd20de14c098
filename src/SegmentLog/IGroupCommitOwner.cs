namespace EdgeEnforcement.SegmentLog;

/// <summary>What the one thread of a <see cref="GroupCommitQueue{T}"/> does with each group, in this order.</summary>
public interface IGroupCommitOwner<T>
{
    /// <summary>Bytes of an item, for the cap of a group. Called once per item.</summary>
    int SizeOf(T item);

    /// <summary>Decide and append; nothing is promised yet.</summary>
    void Stage(ReadOnlySpan<T> items);

    /// <summary>On return what was staged is durable.</summary>
    void Flush();

    /// <summary>Tell those who wait. Must not block and must not throw.</summary>
    void Complete(ReadOnlySpan<T> items);

    /// <summary>Staging or flushing failed, now or earlier: no item of these was promised anything. Must not throw.</summary>
    void Fail(ReadOnlySpan<T> items, Exception cause);
}
