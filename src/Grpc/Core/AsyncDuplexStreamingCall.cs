namespace Grpc.Core;

/// <summary>A running call with both sides streaming.</summary>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly Func<Status> _status;
    private readonly Func<Metadata> _trailers;
    private readonly Action _dispose;

    /// <summary>A call from its parts.</summary>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        ResponseHeadersAsync = responseHeadersAsync;
        _status = getStatusFunc;
        _trailers = getTrailersFunc;
        _dispose = disposeAction;
    }

    /// <summary>Where requests are written.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

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
}
