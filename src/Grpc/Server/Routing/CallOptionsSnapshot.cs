using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Routing;

/// <summary>What all calls of one service share, settled when it is mapped.</summary>
internal sealed record CallOptionsSnapshot(
    int? MaxReceiveBytes,
    int? MaxSendBytes,
    bool DetailedErrors,
    IReadOnlyList<InterceptorRegistration> Interceptors,
    ILogger Logger,
    TimeProvider Time)
{
    public static CallOptionsSnapshot Create(
        GrpcServiceOptions global,
        GrpcServiceOptions own,
        ILoggerFactory loggers,
        TimeProvider time) => new(
            own.IsMaxReceiveMessageSizeSet ? own.MaxReceiveMessageSize : global.MaxReceiveMessageSize,
            own.IsMaxSendMessageSizeSet ? own.MaxSendMessageSize : global.MaxSendMessageSize,
            own.EnableDetailedErrors ?? global.EnableDetailedErrors ?? false,
            [.. global.Interceptors, .. own.Interceptors],
            loggers.CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler"),
            time);
}
