using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Everything the server side of gRPC logs. Payloads and metadata never are.</summary>
internal static partial class GrpcServerLog
{
    [LoggerMessage(1280, LogLevel.Error, "Service code of {Method} failed.", EventName = "GrpcServiceFailed")]
    public static partial void ServiceFailed(this ILogger logger, string method, Exception exception);

    [LoggerMessage(1281, LogLevel.Debug, "{Method} ended with {StatusCode}: {Detail}", EventName = "GrpcCallRefused")]
    public static partial void CallRefused(this ILogger logger, string method, Core.StatusCode statusCode, string detail);

    [LoggerMessage(1282, LogLevel.Debug, "{Method}: the client left before the call ended.", EventName = "GrpcClientLeft")]
    public static partial void ClientLeft(this ILogger logger, string method);

    [LoggerMessage(1283, LogLevel.Debug, "{Method} passed its deadline.", EventName = "GrpcDeadlineExceeded")]
    public static partial void DeadlineExceeded(this ILogger logger, string method);

    [LoggerMessage(1284, LogLevel.Error, "{Method}: the answer after the deadline could not be sent.", EventName = "GrpcExpiryFailed")]
    public static partial void ExpiryFailed(this ILogger logger, string method, Exception exception);

    [LoggerMessage(1285, LogLevel.Error, "{Method}: half a message was written; the stream is reset.", EventName = "GrpcStreamBroken")]
    public static partial void StreamBroken(this ILogger logger, string method);
}
