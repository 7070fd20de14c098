using Google.Protobuf;

namespace Grpc.Core;

/// <summary>The rich error model: a <c>google.rpc.Status</c> that travels beside the status of the call, in <c>grpc-status-details-bin</c>.</summary>
public static class RpcStatusExtensions
{
    private const string DetailsKey = "grpc-status-details-bin";

    /// <summary>What service code throws to end the call with this status; code and words of the call are the status's own.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var code = Enum.IsDefined((StatusCode)status.Code) ? (StatusCode)status.Code : StatusCode.Unknown;
        return status.ToRpcException(code, status.Message);
    }

    /// <summary>The same with another code and other words for the call.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status, StatusCode statusCode, string message)
    {
        var trailers = new Metadata();
        trailers.SetRpcStatus(status);
        return new RpcException(new Status(statusCode, message), trailers);
    }

    /// <summary>The rich status of a failed call, or null when the server sent none.</summary>
    public static Google.Rpc.Status? GetRpcStatus(this RpcException ex)
    {
        ArgumentNullException.ThrowIfNull(ex);
        return ex.Trailers.GetRpcStatus();
    }

    /// <summary>The rich status in trailers, or null.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is not one, unless <paramref name="ignoreParseError"/>: then null.</exception>
    public static Google.Rpc.Status? GetRpcStatus(this Metadata metadata, bool ignoreParseError = false)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.Get(DetailsKey) is not { } entry)
            return null;
        try
        {
            return Google.Rpc.Status.Parser.ParseFrom(entry.ValueBytes);
        }
        catch (InvalidProtocolBufferException) when (ignoreParseError)
        {
            return null;
        }
    }

    /// <summary>Puts a rich status into trailers.</summary>
    public static void SetRpcStatus(this Metadata metadata, Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(status);
        metadata.Add(DetailsKey, status.ToByteArray());
    }
}
