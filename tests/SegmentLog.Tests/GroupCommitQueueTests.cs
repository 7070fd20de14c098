using System.Threading.Channels;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests;

public sealed class GroupCommitQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ManyProducers_FewFlushes_OrderKept_CompletedOnlyWhenDurable()
    {
        using var log = new LogOwner(new ShadowFileSystem());
        await using var queue = new GroupCommitQueue<Ticket>(log, "commit", 10_000);
        var tickets = new List<Ticket>();
        for (var i = 0; i < 5_000; i++)
        {
            var ticket = new Ticket(i);
            tickets.Add(ticket);
            await queue.EnqueueAsync(ticket, Cancellation);
        }
        queue.Start();

        await Task.WhenAll(tickets.Select(t => t.Done.Task)).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(1, log.GroupCount);
        Assert.Equal(tickets.Select(t => (ulong)t.Number), tickets.Select(t => t.Done.Task.Result.Value));
        Assert.Equal(5_000, log.Writer.Reader.ReadFrom(default).Count());
        Assert.Empty(log.EarlyPromises);
    }

    [Fact]
    public async Task WhileOneFlushRuns_TheNextGroupGathers()
    {
        var disk = new ShadowFileSystem();
        using var log = new LogOwner(disk);
        using var flushing = new SemaphoreSlim(0);
        using var release = new SemaphoreSlim(0);
        await using var queue = new GroupCommitQueue<Ticket>(log, "commit", 10_000);
        disk.BeforeFlush = () =>
        {
            flushing.Release();
            release.Wait(TimeSpan.FromSeconds(20));
        };
        queue.Start();

        var first = new Ticket(0);
        await queue.EnqueueAsync(first, Cancellation);
        Assert.True(await flushing.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
        var rest = Enumerable.Range(1, 1_000).Select(i => new Ticket(i)).ToList();
        foreach (var ticket in rest)
            await queue.EnqueueAsync(ticket, Cancellation);
        Assert.False(first.Done.Task.IsCompleted);
        release.Release(2);

        await Task.WhenAll(rest.Select(t => t.Done.Task)).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(2, log.GroupCount);
    }

    [Fact]
    public async Task Caps_BytesAndItems_SplitGroups()
    {
        using var log = new LogOwner(new ShadowFileSystem()) { ItemBytes = 1 << 20 };
        await using (var queue = new GroupCommitQueue<Ticket>(log, "commit", 100_000))
        {
            for (var i = 0; i < 10; i++)
                Assert.True(queue.TryEnqueue(new Ticket(i)));
            queue.Start();
        }
        Assert.Equal([4, 4, 2], log.GroupSizes);

        using var many = new LogOwner(new ShadowFileSystem());
        await using (var queue = new GroupCommitQueue<Ticket>(many, "commit", 100_000))
        {
            for (var i = 0; i < 20_000; i++)
                Assert.True(queue.TryEnqueue(new Ticket(i)));
            queue.Start();
        }
        Assert.Equal([GroupCommitQueue<Ticket>.MaximumGroupItems, 20_000 - GroupCommitQueue<Ticket>.MaximumGroupItems], many.GroupSizes);
    }

    [Fact]
    public async Task FailedFlush_FailsTheGroupTheWaitingAndTheLater()
    {
        var disk = new ShadowFileSystem();
        using var log = new LogOwner(disk) { ItemBytes = 1 << 20 };
        await using var queue = new GroupCommitQueue<Ticket>(log, "commit", 10);
        disk.FailAt(4, ShadowFault.FailBeforeEffect); // write, flush, write, flush: the second group's flush
        var tickets = Enumerable.Range(0, 10).Select(i => new Ticket(i)).ToList();
        foreach (var ticket in tickets)
            Assert.True(queue.TryEnqueue(ticket));
        var blocked = queue.EnqueueAsync(new Ticket(10), Cancellation).AsTask();
        Assert.False(blocked.IsCompleted); // full: it waits
        queue.Start();

        var cause = await Assert.ThrowsAsync<SegmentLogFatalException>(() => queue.Completion);
        Assert.Equal("flush", cause.Operation);
        foreach (var ticket in tickets.Take(4))
            await ticket.Done.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        foreach (var ticket in tickets.Skip(4))
            Assert.Same(cause, await Assert.ThrowsAsync<SegmentLogFatalException>(() => ticket.Done.Task));
        await blocked; // it got room when the first group left, and was failed like the others
        Assert.False(queue.TryEnqueue(new Ticket(11)));
        var closed = await Assert.ThrowsAsync<ChannelClosedException>(() => queue.EnqueueAsync(new Ticket(12), Cancellation).AsTask());
        Assert.Same(cause, closed.InnerException);
        Assert.Equal(4UL, log.Writer.DurableEnd.Value);
    }

    [Fact]
    public async Task OwnerThrowsAnywhere_NoTicketIsLeftWaiting()
    {
        using var log = new LogOwner(new ShadowFileSystem()) { ThrowsFromSize = 7 };
        await using var queue = new GroupCommitQueue<Ticket>(log, "commit", 100);
        var tickets = Enumerable.Range(0, 50).Select(i => new Ticket(i)).ToList();
        foreach (var ticket in tickets)
            Assert.True(queue.TryEnqueue(ticket));
        queue.Start();

        foreach (var ticket in tickets)
            await Assert.ThrowsAsync<InvalidOperationException>(() => ticket.Done.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
    }

    [Fact]
    public async Task FullQueue_CallerWaits_AndMayGiveUp()
    {
        using var log = new LogOwner(new ShadowFileSystem());
        await using var queue = new GroupCommitQueue<Ticket>(log, "commit", 2);
        Assert.True(queue.TryEnqueue(new Ticket(0)));
        Assert.True(queue.TryEnqueue(new Ticket(1)));
        Assert.False(queue.TryEnqueue(new Ticket(2)));

        using var impatient = new CancellationTokenSource();
        var gaveUp = queue.EnqueueAsync(new Ticket(2), impatient.Token).AsTask();
        var waits = queue.EnqueueAsync(new Ticket(3), Cancellation).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        Assert.False(waits.IsCompleted);

        queue.Start();
        await waits.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await queue.DisposeAsync();
        Assert.Equal([0, 1, 3], log.Committed);
    }

    [Fact]
    public async Task SleepingLoop_IsWokenByEveryProducer()
    {
        using var log = new LogOwner(new ShadowFileSystem());
        await using var queue = new GroupCommitQueue<Ticket>(log, "commit", 16);
        queue.Start();

        // Stop and wait: the loop sleeps between any two, so a lost wake-up shows as a ticket that never comes.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(producer => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var ticket = new Ticket(i);
                await queue.EnqueueAsync(ticket, Cancellation);
                await ticket.Done.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
            }
        }, Cancellation)));
        Assert.Equal(4_000, log.Committed.Count);
        Assert.Empty(log.EarlyPromises);
    }

    [Fact]
    public async Task Dispose_NeverStarted_CommitsWhatWaits()
    {
        using var log = new LogOwner(new ShadowFileSystem());
        var ticket = new Ticket(0);
        await using (var queue = new GroupCommitQueue<Ticket>(log, "commit", 4))
            Assert.True(queue.TryEnqueue(ticket));

        Assert.Equal(0UL, (await ticket.Done.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation)).Value);
    }

    private sealed record Ticket(int Number)
    {
        public TaskCompletionSource<RecordIndex> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class LogOwner : IGroupCommitOwner<Ticket>, IDisposable
    {
        private readonly RecordBatch _batch = new();
        private RecordIndex _first;

        public LogOwner(IFileSystem disk) =>
            Writer = SegmentWriter.Open(disk, "/log", new SegmentLogOptions(), default, RecoveryFloor.None, out _);

        public SegmentWriter Writer { get; }

        public int ItemBytes { get; init; } = 10;

        public int GroupCount => GroupSizes.Count;

        public List<int> GroupSizes { get; } = [];

        public List<int> Committed { get; } = [];

        public List<int> EarlyPromises { get; } = [];

        public int ThrowsFromSize { get; init; } = int.MaxValue;

        public int SizeOf(Ticket item) => item.Number < ThrowsFromSize ? ItemBytes : throw new InvalidOperationException("size");

        public void Stage(ReadOnlySpan<Ticket> items)
        {
            _batch.Clear();
            foreach (var item in items)
                _batch.Add(BitConverter.GetBytes(item.Number), default);
            _first = Writer.Append(_batch);
        }

        public void Flush() => Writer.Flush();

        public void Complete(ReadOnlySpan<Ticket> items)
        {
            GroupSizes.Add(items.Length);
            for (var i = 0; i < items.Length; i++)
            {
                var index = _first.Plus((ulong)i);
                if (index >= Writer.DurableEnd)
                    EarlyPromises.Add(items[i].Number);
                Committed.Add(items[i].Number);
                items[i].Done.SetResult(index);
            }
        }

        public void Fail(ReadOnlySpan<Ticket> items, Exception cause)
        {
            foreach (var item in items)
                item.Done.TrySetException(cause);
        }

        public void Dispose() => Writer.Dispose();
    }
}
