namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>
/// So many bytes a second and no more; what was not used is not saved up, so a pause never ends in a burst. Blocks the thread
/// that reads, which is one of its own. Stopping ends the wait and every later read.
/// </summary>
internal sealed class ReadBudget(double bytesPerSecond, TimeProvider time, CancellationToken stopping)
{
    // Shorter waits cost more than they spread.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    private readonly long _started = time.GetTimestamp();
    private TimeSpan _paidUntil;
    private long _bytes;

    public long Bytes => Volatile.Read(ref _bytes);

    public void Spend(int bytes)
    {
        stopping.ThrowIfCancellationRequested();
        Interlocked.Add(ref _bytes, bytes);
        var now = time.GetElapsedTime(_started);
        _paidUntil = (_paidUntil > now ? _paidUntil : now) + TimeSpan.FromSeconds(bytes / bytesPerSecond);
        if (_paidUntil - now >= ShortestWait)
            Wait(_paidUntil - now);
    }

    private void Wait(TimeSpan due)
    {
        using var over = new ManualResetEventSlim();
        using var timer = time.CreateTimer(static state => ((ManualResetEventSlim)state!).Set(), over, due, Timeout.InfiniteTimeSpan);
        over.Wait(stopping);
    }
}
