using System.Net;
using Grpc.Core;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>The request line and headers of a call.</summary>
internal static class RequestHead
{
    private static readonly string UserAgent = "edgeenforcement-grpc/" + typeof(RequestHead).Assembly.GetName().Version?.ToString(3);

    public static HttpRequestMessage Create(GrpcChannel channel, IMethod method, string? host, Metadata metadata, TimeSpan? timeout)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(channel.Address, method.FullName))
        {
            // On the request itself: the client's defaults do not reach SendAsync.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (host is not null)
            request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation(GrpcProtocol.AcceptEncodingHeader, channel.Encodings.AcceptHeader);
        if (metadata.GetValue(GrpcProtocol.EncodingRequestKey) is { } encoding && !MessageEncodings.IsIdentity(encoding))
            request.Headers.TryAddWithoutValidation(GrpcProtocol.EncodingHeader, encoding);
        if (timeout is { } given)
            request.Headers.TryAddWithoutValidation(GrpcProtocol.TimeoutHeader, GrpcProtocol.FormatTimeout(given));
        if (metadata.Get("user-agent") is null)
            request.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        foreach (var entry in metadata)
        {
            if (!MetadataHeaders.IsReserved(entry.Key))
                request.Headers.TryAddWithoutValidation(entry.Key, MetadataHeaders.ToHeaderValue(entry));
        }

        return request;
    }
}
