using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>The body of a request that does not stream: one frame, written as the transport asks for it.</summary>
internal sealed class SingleMessageContent<T> : HttpContent
{
    /// <summary>Segments as large as an HTTP/2 frame. The stream is the transport's and not ours to close.</summary>
    private static readonly StreamPipeWriterOptions PipeOptions = new(minimumBufferSize: 16 * 1024, leaveOpen: true);

    private readonly T _message;
    private readonly Marshaller<T> _marshaller;
    private readonly WriteOptions? _options;
    private readonly Func<PipeWriter, MessageFrameWriter> _frames;
    private readonly CallLifetime _lifetime;

    public SingleMessageContent(
        T message, Marshaller<T> marshaller, WriteOptions? options, Func<PipeWriter, MessageFrameWriter> frames, CallLifetime lifetime)
    {
        _message = message;
        _marshaller = marshaller;
        _options = options;
        _frames = frames;
        _lifetime = lifetime;
        Headers.ContentType = new MediaTypeHeaderValue(GrpcProtocol.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var pipe = PipeWriter.Create(stream, PipeOptions);
        try
        {
            _frames(pipe).Write(_message, _marshaller.ContextualSerializer, _options);
        }
        catch (Exception exception)
        {
            // Nothing was sent; the failure is the caller's, not the transport's.
            var status = (exception as RpcException)?.Status ?? new Status(StatusCode.Internal, "The request cannot be serialized.", exception);
            _lifetime.Cancel(status);
            await pipe.CompleteAsync(exception);
            throw;
        }

        await pipe.CompleteAsync();
    }

    /// <summary>No content length: gRPC bodies are delimited by the stream.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
