using Grpc.Core;
using Grpc.Framing;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The client's messages for service code. One read at a time.</summary>
internal sealed class RequestStreamReader<T>(HttpContextServerCallContext context, Marshaller<T> marshaller, int? maxBytes)
    : IAsyncStreamReader<T>
    where T : class
{
    private readonly MessageFrameReader<T> _frames =
        new(context.HttpContext.Request.BodyReader, marshaller.ContextualDeserializer, maxBytes, context.Decoder);

    public T Current => _frames.Current ?? throw new InvalidOperationException("There is no message: MoveNext gives one.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (context.IsDeadlinePassed)
            return Task.FromCanceled<bool>(context.CancellationToken.IsCancellationRequested ? context.CancellationToken : new CancellationToken(true));
        var read = _frames.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? Task.FromResult(read.Result) : AwaitAsync(read);
    }

    /// <summary>The one request of a call that does not stream: exactly one message, then the end.</summary>
    public async Task<T> ReadSingleAsync()
    {
        if (!await MoveNext(CancellationToken.None))
            throw new RpcException(new Status(StatusCode.Internal, "The request has no message."));
        var message = Current;
        if (await MoveNext(CancellationToken.None))
            throw new RpcException(new Status(StatusCode.Internal, "The request has more than one message."));
        return message;
    }

    private async Task<bool> AwaitAsync(ValueTask<bool> read)
    {
        try
        {
            return await read;
        }
        catch (IOException)
        {
            // The transport's word that the client reset the stream or the connection; the request's token follows.
            context.IsClientGone = true;
            throw;
        }
    }
}
