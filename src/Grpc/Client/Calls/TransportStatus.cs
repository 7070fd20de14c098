using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>The status of a call whose transport failed, by gRPC's table of HTTP/2 error codes where the peer sent one.</summary>
internal static class TransportStatus
{
    public static Status Of(Exception exception)
    {
        if (exception is RpcException refused)
            return refused.Status;
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
                or HttpIOException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
                return new Status(StatusCode.ResourceExhausted, "The response's metadata are over the limit. " + cause.Message, exception);
            if (cause is HttpProtocolException reset)
                return new Status(FromReset(reset.ErrorCode), "The stream was reset. " + reset.Message, exception);
        }

        return exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError } =>
                new Status(StatusCode.Internal, "The server does not speak HTTP/2. " + exception.Message, exception),

            // Nothing went wrong on the way: the handler itself refused the request, for metadata over the server's limit for instance.
            HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null } =>
                new Status(StatusCode.Internal, "The request cannot be sent. " + exception.Message, exception),
            HttpRequestException or IOException => new Status(StatusCode.Unavailable, "The server cannot be reached. " + exception.Message, exception),
            OperationCanceledException or ObjectDisposedException => new Status(StatusCode.Cancelled, exception.Message, exception),
            _ => new Status(StatusCode.Internal, "The call failed. " + exception.Message, exception),
        };
    }

    /// <summary>RFC 9113 section 7. NO_ERROR without a status is a server that goes away, so trying again may help.</summary>
    private static StatusCode FromReset(long code) => code switch
    {
        0x0 or 0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xb => StatusCode.ResourceExhausted,
        0xc => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };
}
