namespace Grpc.Core;

/// <summary>A call ended with a status other than OK; thrown by service code it becomes that status on the wire.</summary>
#pragma warning disable CA1032 // a status is not optional: the constructors are those of the standard API
public class RpcException : Exception
#pragma warning restore CA1032
{
    /// <summary>Ends the call with a status.</summary>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Ends the call with a status and another local message.</summary>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Ends the call with a status and trailers.</summary>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Ends the call with a status, trailers and another local message.</summary>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>What came with the status.</summary>
    public Metadata Trailers { get; }
}
