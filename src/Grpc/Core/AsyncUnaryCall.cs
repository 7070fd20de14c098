using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A running unary call.</summary>
public sealed class AsyncUnaryCall<TResponse> : IDisposable
{
    private readonly Func<Status> _status;
    private readonly Func<Metadata> _trailers;
    private readonly Action _dispose;

    /// <summary>A call from its parts.</summary>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ResponseAsync = responseAsync;
        ResponseHeadersAsync = responseHeadersAsync;
        _status = getStatusFunc;
        _trailers = getTrailersFunc;
        _dispose = disposeAction;
    }

    /// <summary>A call from its parts, whose functions are all given the same state.</summary>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
        : this(
            responseAsync,
            Invoke(responseHeadersAsync, state),
            () => getStatusFunc(state),
            () => getTrailersFunc(state),
            () => disposeAction(state))
    {
    }

    /// <summary>The response.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>What came before the response.</summary>
    public Task<Metadata> ResponseHeadersAsync { get; }

    /// <summary>The response, so that the call itself can be awaited.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>The response, with a choice of context.</summary>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

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
