namespace Grpc.Core;

/// <summary>A running server-streaming call.</summary>
public sealed class AsyncServerStreamingCall<TResponse> : IDisposable
{
    private readonly Func<Status> _status;
    private readonly Func<Metadata> _trailers;
    private readonly Action _dispose;

    /// <summary>A call from its parts.</summary>
    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ResponseStream = responseStream;
        ResponseHeadersAsync = responseHeadersAsync;
        _status = getStatusFunc;
        _trailers = getTrailersFunc;
        _dispose = disposeAction;
    }

    /// <summary>A call from its parts, whose functions are all given the same state.</summary>
    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
        : this(
            responseStream,
            Invoke(responseHeadersAsync, state),
            () => getStatusFunc(state),
            () => getTrailersFunc(state),
            () => disposeAction(state))
    {
    }

    /// <summary>Where responses are read.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>What came before the first response.</summary>
    public Task<Metadata> ResponseHeadersAsync { get; }

    /// <summary>How a finished call ended.</summary>
    public Status GetStatus() => _status();

    /// <summary>What came with the status of a finished call.</summary>
    public Metadata GetTrailers() => _trailers();

    /// <summary>Cancels the call if it still runs.</summary>
    public void Dispose() => _dispose();

    private static Task<Metadata> Invoke(Func<object, Task<Metadata>> headers, object state)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers(state);
    }
}
