namespace Grpc.Core;

/// <summary>Writes messages to the other side, one at a time.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the following messages are written; null: as the call says.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message; done when the transport has taken it.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes a message; cancelling cancels the whole call, for a frame cannot be half written.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            throw new NotSupportedException("This stream writer does not support cancelling a write.");
        return WriteAsync(message);
    }
}
