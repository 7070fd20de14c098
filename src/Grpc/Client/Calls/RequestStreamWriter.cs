using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>The caller's end of a request stream. Each write waits until the transport has room, unless the buffer hint defers the flush.</summary>
internal sealed class RequestStreamWriter<T>(StreamingContent content, Marshaller<T> marshaller, int? maxBytes, CallLifetime lifetime)
    : IClientStreamWriter<T>
    where T : class
{
    private MessageFrameWriter? _frames;
    private int _writing;
    private bool _completed;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.CanBeCanceled)
            return WriteCancellableAsync(message, cancellationToken);
        if (BeginWrite() is { } refusal)
            return Task.FromException(refusal);
        if (_frames is null)
            return OpenAndWriteAsync(message);

        ValueTask<FlushResult> flush;
        try
        {
            flush = Write(_frames, message);
        }
        catch (Exception exception)
        {
            return Task.FromException(EndFailedWrite(exception));
        }

        if (!flush.IsCompletedSuccessfully)
            return AwaitAsync(flush);
        EndWrite();
        return Task.CompletedTask;
    }

    public async Task CompleteAsync()
    {
        if (BeginWrite() is { } refusal)
            throw refusal;
        _completed = true;
        try
        {
            var frames = await OpenAsync();
            if (frames.UnflushedBytes > 0)
                await frames.FlushAsync(CancellationToken.None);
            EndWrite();
            content.Complete();
        }
        catch (Exception exception)
        {
            throw EndFailedWrite(exception);
        }
    }

    private async Task WriteCancellableAsync(T message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var registration = cancellationToken.UnsafeRegister(
            static state => ((CallLifetime)state!).Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client.")), lifetime); // never null: given here
        await WriteAsync(message, CancellationToken.None);
    }

    private async Task OpenAndWriteAsync(T message)
    {
        try
        {
            await Write(await OpenAsync(), message);
            EndWrite();
        }
        catch (Exception exception)
        {
            throw EndFailedWrite(exception);
        }
    }

    private async Task AwaitAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            await flush;
            EndWrite();
        }
        catch (Exception exception)
        {
            throw EndFailedWrite(exception);
        }
    }

    private async Task<MessageFrameWriter> OpenAsync() => _frames ??= new MessageFrameWriter(await content.OpenedAsync, maxBytes);

    private ValueTask<FlushResult> Write(MessageFrameWriter frames, T message)
    {
        frames.Write(message, marshaller.ContextualSerializer);
        var hinted = (WriteOptions?.Flags & WriteFlags.BufferHint) == WriteFlags.BufferHint;
        return hinted && frames.UnflushedBytes < GrpcProtocol.MaxUnflushedBytes ? default : frames.FlushAsync(CancellationToken.None);
    }

    /// <summary>Null when the write may begin.</summary>
    private Exception? BeginWrite()
    {
        if (lifetime.HasEnded)
        {
            return lifetime.GetStatus().StatusCode == StatusCode.OK
                ? new InvalidOperationException("The call has ended; nothing can be written any more.")
                : lifetime.ToException();
        }

        if (Interlocked.Exchange(ref _writing, 1) != 0)
            return new InvalidOperationException("A write is under way; writes of one stream come one after the other.");
        if (!_completed)
            return null;
        EndWrite();
        return new InvalidOperationException("The request stream is complete.");
    }

    private void EndWrite() => Volatile.Write(ref _writing, 0);

    /// <summary>
    /// What a failed write means: a message that could not become bytes leaves the call alone unless half of it is in the pipe; a transport
    /// that takes no more is a call that ends, and its status, if it is not known yet, is with the responses.
    /// </summary>
    private Exception EndFailedWrite(Exception exception)
    {
        EndWrite();
        if (_frames is { IsBroken: true })
            lifetime.Cancel(new Status(StatusCode.Internal, "Half a message was written.", exception));
        if (lifetime.HasEnded && lifetime.GetStatus().StatusCode != StatusCode.OK)
            return lifetime.ToException();
        return exception is IOException or OperationCanceledException or ObjectDisposedException
            ? new RpcException(new Status(
                StatusCode.Unavailable, "The server takes no more messages of this call; its status is with the responses.", exception))
            : exception;
    }
}
