using Grpc.Core;
using Grpc.Framing;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Service code's messages to the client. Each write waits until the transport has room, unless the buffer hint defers the flush.</summary>
internal sealed class ResponseStreamWriter<T>(HttpContextServerCallContext context, Marshaller<T> marshaller) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        if (context.CancellationToken.IsCancellationRequested)
            return Task.FromCanceled(context.CancellationToken);

        context.BeginWrite();
        try
        {
            var options = WriteOptions ?? context.WriteOptions;
            context.Writer.Write(message, marshaller.ContextualSerializer, options);
            var hinted = (options?.Flags & WriteFlags.BufferHint) == WriteFlags.BufferHint;
            if (hinted && context.Writer.UnflushedBytes < GrpcProtocol.MaxUnflushedBytes)
            {
                context.EndWrite();
                return Task.CompletedTask;
            }

            var flush = context.Writer.FlushAsync(cancellationToken);
            if (!flush.IsCompletedSuccessfully)
                return AwaitAsync(flush);
            context.EndWrite();
            return Done(flush.Result.IsCompleted);
        }
        catch (Exception)
        {
            context.EndWrite();
            throw;
        }
    }

    private async Task AwaitAsync(ValueTask<System.IO.Pipelines.FlushResult> flush)
    {
        bool isCompleted;
        try
        {
            isCompleted = (await flush).IsCompleted;
        }
        finally
        {
            context.EndWrite();
        }

        await Done(isCompleted);
    }

    /// <summary>A completed pipe takes bytes and drops them: the client is gone, and service code must hear of it.</summary>
    private Task Done(bool isPipeCompleted)
    {
        if (!isPipeCompleted)
            return Task.CompletedTask;
        context.IsClientGone = true;
        return Task.FromException(new OperationCanceledException("The client left; the message was not sent."));
    }
}
