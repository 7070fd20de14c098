using System.Threading.Channels;

namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// Turns many waiting appends into few flushes. One thread takes all that waits, stages it, flushes once and completes it; while the
/// disk works the next group gathers, so the previous flush is the timer and an idle log answers at once.
/// </summary>
/// <remarks>
/// The first exception is final: the group, everything that waits and everything that comes later fails with it. A full queue makes
/// callers wait; nothing is dropped.
/// </remarks>
public sealed class GroupCommitQueue<T> : IAsyncDisposable
{
    public const int MaximumGroupBytes = 4 << 20;
    public const int MaximumGroupItems = 16_384;

    private readonly IGroupCommitOwner<T> _owner;
    private readonly Channel<T> _waiting;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A blocking wait on the channel itself would go through the thread pool on every wake-up. The loop announces that it is about to
    // sleep, looks once more, and sleeps on the event; a writer sets the event only if that was announced.
    private readonly ManualResetEventSlim _wake = new();
    private bool _sleeping;

    // Owned by the loop.
    private readonly T[] _group = new T[MaximumGroupItems];
    private int _count;
    private T? _left;
    private bool _hasLeft;

    public GroupCommitQueue(IGroupCommitOwner<T> owner, string threadName, int capacity)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _owner = owner;
        _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });
        _thread = new Thread(Run) { Name = threadName, IsBackground = true };
    }

    /// <summary>Ends when the loop has: faulted with the first cause if it failed.</summary>
    public Task Completion => _ended.Task;

    /// <summary>Items wait from construction on; they are taken from here on.</summary>
    public void Start() => _thread.Start();

    public bool TryEnqueue(T item)
    {
        if (!_waiting.Writer.TryWrite(item))
            return false;
        Wake();
        return true;
    }

    /// <summary>Waits while the queue is full. After failure or disposal: <see cref="ChannelClosedException"/> with the first cause.</summary>
    public ValueTask EnqueueAsync(T item, CancellationToken cancellation = default) =>
        TryEnqueue(item) ? ValueTask.CompletedTask : EnqueueWhenThereIsRoomAsync(item, cancellation);

    private async ValueTask EnqueueWhenThereIsRoomAsync(T item, CancellationToken cancellation)
    {
        await _waiting.Writer.WriteAsync(item, cancellation);
        Wake();
    }

    private void Wake()
    {
        Interlocked.MemoryBarrier(); // the item is visible before we look whether the loop sleeps
        if (Volatile.Read(ref _sleeping))
            _wake.Set();
    }

    private void Run()
    {
        try
        {
            while (Gather())
            {
                var items = _group.AsSpan(0, _count);
                _owner.Stage(items);
                _owner.Flush();
                _owner.Complete(items);
                items.Clear();
                _count = 0;
            }
            _ended.SetResult();
        }
        catch (Exception cause)
        {
            try
            {
                FailAll(cause);
            }
            finally
            {
                _ended.SetException(cause);
                // Nobody is obliged to look at Completion; every item was failed with the cause.
                _ = _ended.Task.Exception;
            }
        }
    }

    /// False when the queue was completed and nothing is left.
    private bool Gather()
    {
        while (true)
        {
            FillGroup();
            if (_count > 0)
                return true;

            _wake.Reset();
            Volatile.Write(ref _sleeping, true);
            Interlocked.MemoryBarrier(); // the other half of Wake: announce first, then look
            var completed = _waiting.Reader.Completion.IsCompleted;
            if (!completed && !_waiting.Reader.TryPeek(out _))
                _wake.Wait();
            Volatile.Write(ref _sleeping, false);
            if (completed)
                return false;
        }
    }

    private void FillGroup()
    {
        long bytes = 0;
        while (_count < MaximumGroupItems && TryTake(out var item))
        {
            _group[_count++] = item; // in the group before the owner sees it: whatever it throws, the item is failed and not lost
            bytes += _owner.SizeOf(item);
            if (bytes > MaximumGroupBytes && _count > 1)
            {
                (_left, _hasLeft) = (item, true);
                _group[--_count] = default!; // cleared, never read
                return;
            }
        }
    }

    private bool TryTake(out T item)
    {
        if (!_hasLeft)
            return _waiting.Reader.TryRead(out item!);
        item = _left!; // _hasLeft says it is set
        (_left, _hasLeft) = (default, false);
        return true;
    }

    private void FailAll(Exception cause)
    {
        // Closed first: what is refused after this line never enters, what entered before it is drained below.
        _waiting.Writer.TryComplete(cause);
        do
        {
            _owner.Fail(_group.AsSpan(0, _count), cause);
            _group.AsSpan(0, _count).Clear();
            _count = 0;
            while (_count < MaximumGroupItems && TryTake(out var item))
                _group[_count++] = item;
        }
        while (_count > 0);
    }

    /// <summary>Takes no more, commits what waits, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_waiting.Writer.TryComplete() && _thread.ThreadState.HasFlag(ThreadState.Unstarted))
            _thread.Start();
        Wake();
        // A failure was told to every item and is in Completion; disposing does not tell it again.
        await _ended.Task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        _wake.Dispose();
    }
}
