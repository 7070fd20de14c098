using System.Threading.Channels;

namespace EdgeEnforcement.GrpcTests;

/// <summary>What the service did, for tests that wait for it.</summary>
public sealed class EchoProbe
{
    private readonly Channel<bool> _seen = Channel.CreateUnbounded<bool>();
    private readonly Channel<Exception> _failures = Channel.CreateUnbounded<Exception>();
    private readonly SemaphoreSlim _hanging = new(0);
    private int _disposed;
    private int _written;

    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int DisposedCount => Volatile.Read(ref _disposed);

    public int WrittenCount => Volatile.Read(ref _written);

    public void Hanging() => _hanging.Release();

    public void Seen(bool isCancelled) => _seen.Writer.TryWrite(isCancelled);

    public void Failed(Exception exception) => _failures.Writer.TryWrite(exception);

    public void Disposed() => Interlocked.Increment(ref _disposed);

    public void Wrote() => Interlocked.Increment(ref _written);

    public Task UntilHangingAsync() => _hanging.WaitAsync(TestContext.Current.CancellationToken).WaitAsync(EchoHost.Patience, TestContext.Current.CancellationToken);

    public Task<bool> UntilSeenAsync() =>
        _seen.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(EchoHost.Patience, TestContext.Current.CancellationToken);

    public Task<Exception> UntilFailedAsync() =>
        _failures.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(EchoHost.Patience, TestContext.Current.CancellationToken);
}
