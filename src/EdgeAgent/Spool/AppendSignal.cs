namespace EdgeEnforcement.EdgeAgent.Spool;

/// "Something was added": whoever waits takes Next first, looks, and awaits it if there was nothing. No wake-up is lost.
internal sealed class AppendSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
