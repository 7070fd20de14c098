using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// The body of a request stream, turned inside out: the transport lends its stream, the caller's writes go into it through a pipe writer, and
/// the transport gets it back when the caller completes the stream or the call ends.
/// </summary>
internal sealed class StreamingContent : HttpContent
{
    /// <summary>Segments as large as an HTTP/2 frame. The stream is the transport's and not ours to close.</summary>
    public static readonly StreamPipeWriterOptions PipeOptions = new(minimumBufferSize: 16 * 1024, leaveOpen: true);

    private readonly TaskCompletionSource<PipeWriter> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamingContent() => Headers.ContentType = new MediaTypeHeaderValue(GrpcProtocol.ContentType);

    /// <summary>Where the frames go, once the connection is there. Cancelled when the call ends before.</summary>
    public Task<PipeWriter> OpenedAsync => _opened.Task;

    /// <summary>The caller has written and flushed its last message.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>The call ended: the transport must not wait for messages any more.</summary>
    public void Abandon()
    {
        _opened.TrySetCanceled();
        _completed.TrySetCanceled();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Without this the headers wait in the connection's buffer for the first message.
        await stream.FlushAsync(cancellationToken);
        _opened.TrySetResult(PipeWriter.Create(stream, PipeOptions));
        await _completed.Task.WaitAsync(cancellationToken);
    }

    /// <summary>No content length: gRPC bodies are delimited by the stream.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
