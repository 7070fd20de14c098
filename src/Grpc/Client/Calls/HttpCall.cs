using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// One call over one HTTP/2 stream. The request is sent by a task held here; <see cref="_response"/> is the response's head, after which the
/// messages are read from its body by whoever reads (one reader at a time), and the status from its trailers by that reader.
/// </summary>
internal sealed class HttpCall<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    private const int ReadBufferBytes = 16 * 1024; // the size of an HTTP/2 frame

    private readonly GrpcChannel _channel;
    private readonly Method<TRequest, TResponse> _method;
    private readonly CallOptions _options;
    private readonly RequestSender _sender;
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<HttpResponseMessage?> _response = Task.FromResult<HttpResponseMessage?>(null); // null: the call ended without a response
    private readonly MessageEncoder? _encoder;
    private MessageFrameReader<TResponse>? _frames;

    public HttpCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        _channel = channel;
        _method = method;
        _options = options;
        Lifetime = new CallLifetime(channel, options);
        Lifetime.OnEnd(EndHeaders);
        _sender = new RequestSender(channel, method, host, options, Lifetime);
        _encoder = CreateEncoder();
    }

    public CallLifetime Lifetime { get; }

    public Task<Metadata> HeadersAsync => _headers.Task;

    /// <summary>The message of the last successful <see cref="ReadAsync"/>.</summary>
    public TResponse? Current => _frames?.Current;

    public void StartWithRequest(TRequest request) =>
        Start(new SingleMessageContent<TRequest>(request, _method.RequestMarshaller, _options.WriteOptions, CreateWriter, Lifetime));

    public RequestStreamWriter<TRequest> StartWithStream()
    {
        var content = new StreamingContent();
        Lifetime.OnEnd(content.Abandon);
        Start(content);
        return new RequestStreamWriter<TRequest>(content.Writer, CreateWriter(content.Writer), _method.RequestMarshaller, Lifetime)
        {
            WriteOptions = _options.WriteOptions,
        };
    }

    /// <summary>The only response of a call that does not stream responses, and its status.</summary>
    public async Task<TResponse> ReadSingleAsync()
    {
        TResponse? message = null;
        while (await ReadAsync(CancellationToken.None))
        {
            if (message is not null)
            {
                Lifetime.Cancel(new Status(StatusCode.Internal, "The response has more than one message."));
                throw Lifetime.ToException();
            }

            message = Current;
        }

        // The call ended OK, without which ReadAsync would have thrown; a status of OK without a message is the server's fault.
        return message ?? throw new RpcException(new Status(StatusCode.Internal, "The response has no message."), Lifetime.GetTrailers());
    }

    /// <summary>False when the call ended with OK; any other end is an exception.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_frames is not { } frames || Lifetime.HasEnded || cancellationToken.IsCancellationRequested)
            return OpenAndReadAsync(cancellationToken);
        var read = frames.ReadAsync(CancellationToken.None);
        if (!read.IsCompletedSuccessfully)
            return FinishReadAsync(read, cancellationToken);
        return read.Result ? new ValueTask<bool>(true) : FinishReadAsync(new ValueTask<bool>(false), CancellationToken.None);
    }

    public void Dispose() => Lifetime.Dispose();

    private void Start(HttpContent content)
    {
        if (Lifetime.HasEnded)
        {
            content.Dispose();
            return;
        }

        _response = SendAsync(content);
    }

    /// <summary>Sends the request and takes the head of the response; an end by failure or by a response without body is recorded here.</summary>
    private async Task<HttpResponseMessage?> SendAsync(HttpContent content)
    {
        HttpResponseMessage response;
        try
        {
            response = await _sender.SendAsync(content);
        }
        catch (Exception exception)
        {
            Lifetime.TryEnd(TransportStatus.Of(exception), Metadata.Empty);
            return null;
        }

        // From here on ending the call disposes the response, which resets the stream if it is still open.
        Lifetime.OnEnd(response.Dispose);
        try
        {
            if (ResponseHead.TryGetFinalStatus(response, out var status, out var trailers))
                Lifetime.TryEnd(status, trailers);
            else
                _headers.TrySetResult(ResponseHead.ReadHeaders(response));
        }
        catch (RpcException exception)
        {
            Lifetime.TryEnd(exception.Status, Metadata.Empty);
        }

        return response;
    }

    private async ValueTask<bool> OpenAndReadAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static state => ((CallLifetime)state!).Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client.")), Lifetime); // never null: given here
        try
        {
            var response = await _response;
            if (response is null || Lifetime.HasEnded)
                return EndOfStream();
            _frames ??= CreateReader(response, await response.Content.ReadAsStreamAsync(CancellationToken.None));
            if (await _frames.ReadAsync(CancellationToken.None))
                return true;
            await EndByTrailersAsync();
        }
        catch (Exception exception)
        {
            EndByFailure(exception);
        }

        return EndOfStream();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FinishReadAsync(ValueTask<bool> read, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static state => ((CallLifetime)state!).Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client.")), Lifetime); // never null: given here
        try
        {
            if (await read)
                return true;
            await EndByTrailersAsync();
        }
        catch (Exception exception)
        {
            EndByFailure(exception);
        }

        return EndOfStream();
    }

    /// <summary>What the call's metadata ask for; an encoding the channel does not have ends the call.</summary>
    private MessageEncoder? CreateEncoder()
    {
        var encoding = _options.Headers?.GetValue(GrpcProtocol.EncodingRequestKey);
        if (MessageEncodings.IsIdentity(encoding))
            return null;
        if (_channel.Encodings.Find(encoding!) is { } provider) // never null: null is identity
            return new MessageEncoder(provider, level: null);
        Lifetime.TryEnd(new Status(StatusCode.Internal, $"The channel has no compression provider for '{encoding}'."), Metadata.Empty);
        return null;
    }

    private MessageFrameWriter CreateWriter(PipeWriter pipe) => new(pipe, _channel.MaxSendBytes) { Encoder = _encoder };

    private MessageFrameReader<TResponse> CreateReader(HttpResponseMessage response, Stream body)
    {
        var encoding = ResponseHead.ReadEncoding(response);
        return new MessageFrameReader<TResponse>(
            PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: ReadBufferBytes)),
            _method.ResponseMarshaller.ContextualDeserializer,
            _channel.MaxReceiveBytes,
            MessageEncodings.IsIdentity(encoding) ? null : new MessageDecoder(encoding, _channel.Encodings, _channel.MaxReceiveBytes));
    }

    private async Task EndByTrailersAsync()
    {
        if (await _response is not { } response)
            return;
        var (status, trailers) = ResponseHead.ReadTrailers(response);
        Lifetime.TryEnd(status, trailers);
    }

    /// <summary>A rule broken by the server cancels the stream; a broken transport has cancelled it already.</summary>
    private void EndByFailure(Exception exception)
    {
        if (exception is RpcException refused)
            Lifetime.Cancel(refused.Status);
        else
            Lifetime.TryEnd(TransportStatus.Of(exception), Metadata.Empty);
    }

    private bool EndOfStream() => Lifetime.GetStatus().StatusCode == StatusCode.OK ? false : throw Lifetime.ToException();

    /// <summary>Whoever waits for headers of a call that ended without them gets its status; nobody has to.</summary>
    private void EndHeaders()
    {
        if (Lifetime.GetStatus().StatusCode == StatusCode.OK)
            _headers.TrySetResult(Metadata.Empty);
        else if (_headers.TrySetException(Lifetime.ToException()))
            _ = _headers.Task.Exception; // observed: the status is reported by the response
    }
}
