namespace EdgeEnforcement.SegmentLog;

/// The meeting point of the one writer and its readers. The writer publishes; readers take the snapshot or wait for the next.
internal sealed class DurableState(LogSnapshot first)
{
    private LogSnapshot _snapshot = first;
    private TaskCompletionSource? _waiting;
    private Exception? _ended;

    public LogSnapshot Snapshot => Volatile.Read(ref _snapshot);

    public void Publish(LogSnapshot snapshot)
    {
        Volatile.Write(ref _snapshot, snapshot);
        // A full fence: a reader that registers after this exchange sees the new snapshot in its second look.
        Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
    }

    /// Nothing will be published any more; who waits is told why.
    public void End(Exception reason)
    {
        Interlocked.CompareExchange(ref _ended, reason, null);
        Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
    }

    public async ValueTask WaitBeyondAsync(ulong index, CancellationToken cancellation)
    {
        while (Snapshot.EndIndex <= index)
        {
            if (Volatile.Read(ref _ended) is { } reason)
                throw new InvalidOperationException("The log was closed: nothing more becomes durable.", reason);

            var waiting = Volatile.Read(ref _waiting);
            if (waiting is null)
            {
                var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = Interlocked.CompareExchange(ref _waiting, mine, null) ?? mine;
            }
            if (Snapshot.EndIndex > index || Volatile.Read(ref _ended) is not null)
                continue;
            await waiting.Task.WaitAsync(cancellation);
        }
    }
}
