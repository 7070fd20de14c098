using System.IO.Compression;
using Grpc.Framing;
using Grpc.Net.Compression;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Routing;

/// <summary>What all calls of one service share, settled when it is mapped.</summary>
internal sealed record CallOptionsSnapshot(
    int? MaxReceiveBytes,
    int? MaxSendBytes,
    bool DetailedErrors,
    IReadOnlyList<InterceptorRegistration> Interceptors,
    MessageEncodings Encodings,
    ICompressionProvider? ResponseEncoding,
    CompressionLevel? ResponseLevel,
    ILogger Logger,
    TimeProvider Time)
{
    public static CallOptionsSnapshot Create(
        GrpcServiceOptions global,
        GrpcServiceOptions own,
        ILoggerFactory loggers,
        TimeProvider time)
    {
        ICompressionProvider[] providers = [.. own.CompressionProviders, .. global.CompressionProviders];
        var encodings = providers.Length == 0 ? MessageEncodings.Default : new MessageEncodings(providers);
        return new CallOptionsSnapshot(
            own.IsMaxReceiveMessageSizeSet ? own.MaxReceiveMessageSize : global.MaxReceiveMessageSize,
            own.IsMaxSendMessageSizeSet ? own.MaxSendMessageSize : global.MaxSendMessageSize,
            own.EnableDetailedErrors ?? global.EnableDetailedErrors ?? false,
            [.. global.Interceptors, .. own.Interceptors],
            encodings,
            ResponseProvider(encodings, own.ResponseCompressionAlgorithm ?? global.ResponseCompressionAlgorithm),
            own.ResponseCompressionLevel ?? global.ResponseCompressionLevel,
            loggers.CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler"),
            time);
    }

    private static ICompressionProvider? ResponseProvider(MessageEncodings encodings, string? name) =>
        MessageEncodings.IsIdentity(name)
            ? null
            : encodings.Find(name!) // never null: null is identity
                ?? throw new InvalidOperationException($"The response compression algorithm '{name}' has no compression provider.");
}
