using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// How one call ends: the first of status from the server, transport failure, deadline, cancellation, disposal. Whatever comes first is the
/// call's status for good; the rest only cleans up. <see cref="Token"/> is cancelled by the local reasons and tears the transport down.
/// </summary>
internal sealed class CallLifetime : IDisposable
{
    /// <summary>The longest a timer can run; a call asking for more has no timer on this side.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Lock _lock = new();
#pragma warning disable CA2213 // never linked and without a timer, it holds nothing; disposing it would race with a late Cancel
    private readonly CancellationTokenSource _source = new();
#pragma warning restore CA2213
    private readonly CancellationTokenRegistration _callerLeft;
    private readonly CancellationTokenRegistration _channelClosed;
    private readonly CancellationTokenRegistration _parentCancelled;
    private readonly ITimer? _deadline;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly bool _throwsOperationCanceled;
    private readonly CancellationToken _callerToken;
    private Action? _teardown;
    private Status? _status;
    private volatile bool _ended; // written under the lock after the status, read anywhere
    private Metadata _trailers = Metadata.Empty;

    public CallLifetime(GrpcChannel channel, CallOptions options)
    {
        Token = _source.Token;
        _time = channel.Time;
        _started = _time.GetTimestamp();
        _throwsOperationCanceled = channel.ThrowsOperationCanceled;
        _callerToken = options.CancellationToken;
        Remaining = TimeLeft(Earlier(options.Deadline, options.PropagationToken?.Deadline), channel.Time);
        if (Remaining <= TimeSpan.Zero)
            TryEnd(DeadlineStatus, Metadata.Empty);
        else if (Remaining <= LongestTimer)
            _deadline = channel.Time.CreateTimer(static state => ((CallLifetime)state!).Expire(), this, Remaining.Value, Timeout.InfiniteTimeSpan); // never null: given here

        // Last, for they call back at once when already cancelled.
        _callerLeft = _callerToken.UnsafeRegister(
            static state => ((CallLifetime)state!).Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client.")), this);
        _channelClosed = channel.Shutdown.UnsafeRegister(
            static state => ((CallLifetime)state!).Cancel(new Status(StatusCode.Cancelled, "The channel was disposed.")), this);
        _parentCancelled = (options.PropagationToken?.CancellationToken ?? default).UnsafeRegister(
            static state => ((CallLifetime)state!).Cancel(new Status(StatusCode.Cancelled, "The call this one was made for was cancelled.")), this);
        if (_status is not null)
            StopWaiting();
    }

    /// <summary>Cancelled when this side ends the call.</summary>
    public CancellationToken Token { get; }

    /// <summary>Time the call was given; null without a deadline.</summary>
    public TimeSpan? Remaining { get; }

    /// <summary>Time left of it now.</summary>
    public TimeSpan? Left => Remaining - _time.GetElapsedTime(_started);

    public bool HasEnded => _ended;

    private static Status DeadlineStatus => new(StatusCode.DeadlineExceeded, "Deadline Exceeded");

    /// <summary>Runs once, when the call ends or at once if it has.</summary>
    public void OnEnd(Action teardown)
    {
        lock (_lock)
        {
            if (_status is null)
            {
                _teardown += teardown;
                return;
            }
        }

        teardown();
    }

    /// <summary>False when the call has ended already; then that status stays.</summary>
    public bool TryEnd(Status status, Metadata trailers)
    {
        Action? teardown;
        lock (_lock)
        {
            if (_status is not null)
                return false;
            _status = status;
            _trailers = trailers;
            _ended = true;
            (teardown, _teardown) = (_teardown, null);
        }

        StopWaiting();
        teardown?.Invoke();
        return true;
    }

    /// <summary>This side gives the call up, unless it has ended.</summary>
    public void Cancel(Status status)
    {
        if (TryEnd(status, Metadata.Empty))
            _source.Cancel();
    }

    /// <summary>What the caller of an ended call gets to see.</summary>
    public Exception ToException()
    {
        var status = GetStatus();
        var refused = new RpcException(status, GetTrailers());
        return _throwsOperationCanceled && status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded
            ? new OperationCanceledException(status.Detail, refused, _callerToken.IsCancellationRequested ? _callerToken : default)
            : refused;
    }

    public Status GetStatus()
    {
        lock (_lock)
            return _status ?? throw new InvalidOperationException("The call has not ended; it has no status yet.");
    }

    public Metadata GetTrailers()
    {
        lock (_lock)
            return _status is null ? throw new InvalidOperationException("The call has not ended; it has no trailers yet.") : _trailers;
    }

    public void Dispose() => Cancel(new Status(StatusCode.Cancelled, "gRPC call disposed."));

    private static DateTime? Earlier(DateTime? own, DateTime? inherited) =>
        inherited is { } parent && (own is null || parent < own) ? parent : own;

    private static TimeSpan? TimeLeft(DateTime? deadline, TimeProvider time)
    {
        if (deadline is not { } instant || instant == DateTime.MaxValue)
            return null;
        if (instant.Kind != DateTimeKind.Utc && instant != DateTime.MinValue)
            throw new InvalidOperationException("The deadline must be in UTC.");
        return instant - time.GetUtcNow().UtcDateTime;
    }

    private void Expire() => Cancel(DeadlineStatus);

    /// <summary>Nothing waits for a lock here: Unregister does not wait for a callback that runs.</summary>
    private void StopWaiting()
    {
        _deadline?.Dispose();
        _callerLeft.Unregister();
        _channelClosed.Unregister();
        _parentCancelled.Unregister();
    }
}
