using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// The body of a request stream. The caller writes messages into a pipe; the transport's task takes what has gathered there, in one write and
/// one flush, so that messages written while the last flush was under way share the next. The pipe is full at <see cref="FullBytes"/>:
/// then the caller waits for the transport, and the transport for the server's window.
/// </summary>
internal sealed class StreamingContent : HttpContent
{
    private const int FullBytes = GrpcProtocol.MaxUnflushedBytes;
    private const int SegmentBytes = 16 * 1024; // the size of an HTTP/2 frame

    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: FullBytes, resumeWriterThreshold: FullBytes / 2, minimumSegmentSize: SegmentBytes, useSynchronizationContext: false));

    public StreamingContent() => Headers.ContentType = new MediaTypeHeaderValue(GrpcProtocol.ContentType);

    /// <summary>Where the frames go. A flush of it is cancelled when the call has ended, and complete when the transport takes no more.</summary>
    public PipeWriter Writer => _pipe.Writer;

    /// <summary>The call ended: neither the caller nor the transport must wait for the other any more.</summary>
    public void Abandon()
    {
        _pipe.Writer.CancelPendingFlush();
        _pipe.Reader.CancelPendingRead();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await PumpAsync(stream, cancellationToken);
            await _pipe.Reader.CompleteAsync();
        }
        catch (Exception exception)
        {
            // For the writer, whose next flush throws it.
            await _pipe.Reader.CompleteAsync(exception);
            throw;
        }
    }

    /// <summary>No content length: gRPC bodies are delimited by the stream.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task PumpAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (!_pipe.Reader.TryRead(out var read))
        {
            // Without this the headers wait in the connection's buffer for the first message.
            await stream.FlushAsync(cancellationToken);
            read = await _pipe.Reader.ReadAsync(cancellationToken);
        }

        while (!read.IsCanceled)
        {
            foreach (var segment in read.Buffer)
                await stream.WriteAsync(segment, cancellationToken);
            if (!read.Buffer.IsEmpty)
                await stream.FlushAsync(cancellationToken);
            _pipe.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
            read = await _pipe.Reader.ReadAsync(cancellationToken);
        }

        throw new OperationCanceledException("The call ended before its request stream did.");
    }
}
