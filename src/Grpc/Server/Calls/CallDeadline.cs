using Grpc.Core;
using Grpc.Framing;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The deadline of one call: the instant, the token that it and the client's leaving cancel, and the timer.</summary>
internal sealed class CallDeadline : IDisposable
{
    /// <summary>The longest a timer can run; a call asking for more has no timer, it would outlive any process.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly CancellationTokenSource? _source;
    private ITimer? _timer;

    private CallDeadline(DateTime instant, TimeSpan? remaining, CancellationToken aborted)
    {
        Instant = instant;
        Remaining = remaining;
        _source = remaining is null ? null : CancellationTokenSource.CreateLinkedTokenSource(aborted);
        Token = _source?.Token ?? aborted;
    }

    public DateTime Instant { get; }

    /// <summary>Time left when the request arrived; null without a deadline.</summary>
    public TimeSpan? Remaining { get; }

    public CancellationToken Token { get; }

    /// <exception cref="RpcException">The header makes no sense.</exception>
    public static CallDeadline Read(HttpContext http, TimeProvider time)
    {
        if (!http.Request.Headers.TryGetValue(GrpcProtocol.TimeoutHeader, out var text))
            return new CallDeadline(DateTime.MaxValue, null, http.RequestAborted);
        if (!GrpcProtocol.TryParseTimeout(text.ToString(), out var timeout))
            throw new RpcException(new Status(StatusCode.Internal, "The value of grpc-timeout is not a number of at most 8 digits and a unit."));
        var now = time.GetUtcNow().UtcDateTime;
        var instant = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        return new CallDeadline(DateTime.SpecifyKind(instant, DateTimeKind.Utc), timeout, http.RequestAborted);
    }

    public static CallDeadline None(HttpContext http) => new(DateTime.MaxValue, null, http.RequestAborted);

    public void Start(TimeProvider time, Action expired)
    {
        if (Remaining is { } remaining && remaining <= LongestTimer)
            _timer = time.CreateTimer(static state => ((Action)state!)(), expired, remaining, Timeout.InfiniteTimeSpan); // never null: given here
    }

    public void Cancel() => _source?.Cancel();

    public void Dispose()
    {
        _timer?.Dispose();
        _source?.Dispose();
    }
}
