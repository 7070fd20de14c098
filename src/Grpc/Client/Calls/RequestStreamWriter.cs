using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>The caller's end of a request stream. A write waits while the transport is full, unless the buffer hint defers the flush.</summary>
internal sealed class RequestStreamWriter<T>(PipeWriter output, MessageFrameWriter frames, Marshaller<T> marshaller, CallLifetime lifetime)
    : IClientStreamWriter<T>
    where T : class
{
    private int _writing;
    private bool _completed;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        if (BeginWrite() is { } refusal)
            return Task.FromException(refusal);
        try
        {
            var flush = Write(message);
            if (!flush.IsCompletedSuccessfully)
                return AwaitAsync(flush, cancellationToken);
            Check(flush.Result);
            EndWrite();
            return Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return Task.FromException(EndFailedWrite(exception));
        }
    }

    public Task CompleteAsync()
    {
        if (BeginWrite() is { } refusal)
            return Task.FromException(refusal);
        _completed = true;
        output.Complete();
        EndWrite();
        return Task.CompletedTask;
    }

    private async Task AwaitAsync(ValueTask<FlushResult> flush, CancellationToken cancellationToken)
    {
        // Half a stream is of no use: giving up one write gives up the call.
        await using var registration = cancellationToken.UnsafeRegister(
            static state => ((CallLifetime)state!).Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client.")), lifetime); // never null: given here
        try
        {
            Check(await flush);
            EndWrite();
        }
        catch (Exception exception)
        {
            throw EndFailedWrite(exception);
        }
    }

    private ValueTask<FlushResult> Write(T message)
    {
        var options = WriteOptions;
        frames.Write(message, marshaller.ContextualSerializer, options);
        var hinted = (options?.Flags & WriteFlags.BufferHint) == WriteFlags.BufferHint;
        return hinted && frames.UnflushedBytes < GrpcProtocol.MaxUnflushedBytes ? default : frames.FlushAsync(CancellationToken.None);
    }

    private static void Check(FlushResult flush)
    {
        if (flush.IsCanceled || flush.IsCompleted)
            throw new OperationCanceledException("The transport takes no more messages.");
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
        if (frames.IsBroken)
            lifetime.Cancel(new Status(StatusCode.Internal, "Half a message was written.", exception));
        if (lifetime.HasEnded && lifetime.GetStatus().StatusCode != StatusCode.OK)
            return lifetime.ToException();
        return exception is IOException or OperationCanceledException or ObjectDisposedException
            ? new RpcException(new Status(
                StatusCode.Unavailable, "The server takes no more messages of this call; its status is with the responses.", exception))
            : exception;
    }
}
