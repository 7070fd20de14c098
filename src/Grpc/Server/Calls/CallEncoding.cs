using Grpc.AspNetCore.Server.Routing;
using Grpc.Core;
using Grpc.Framing;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>How the messages of one call are compressed, each way: what the client announced, and what it accepts of what the service wants.</summary>
internal static class CallEncoding
{
    /// <summary>Null when requests come as they are.</summary>
    /// <exception cref="RpcException">UNIMPLEMENTED, with what is supported in the headers: the encoding is not ("Compression", test cases).</exception>
    public static MessageDecoder? OfRequests(HttpContext http, CallOptionsSnapshot options)
    {
        var encoding = http.Request.Headers[GrpcProtocol.EncodingHeader].ToString();
        if (MessageEncodings.IsIdentity(encoding))
            return null;
        if (options.Encodings.Find(encoding) is not null)
            return new MessageDecoder(encoding, options.Encodings, options.MaxReceiveBytes);
        http.Response.Headers[GrpcProtocol.AcceptEncodingHeader] = options.Encodings.AcceptHeader;
        throw new RpcException(new Status(
            StatusCode.Unimplemented, $"The encoding '{encoding}' is not supported; supported: {options.Encodings.AcceptHeader}."));
    }

    /// <summary>What the service's options say. Null when responses go as they are.</summary>
    public static MessageEncoder? OfResponses(HttpContext http, CallOptionsSnapshot options) => Announce(http, options.ResponseEncoding, options);

    /// <summary>What service code asks for in this call.</summary>
    public static MessageEncoder? OfResponses(HttpContext http, CallOptionsSnapshot options, string encoding)
    {
        http.Response.Headers.Remove(GrpcProtocol.EncodingHeader);
        if (MessageEncodings.IsIdentity(encoding))
            return null;
        var provider = options.Encodings.Find(encoding)
            ?? throw new InvalidOperationException($"There is no compression provider for '{encoding}'.");
        return Announce(http, provider, options);
    }

    private static MessageEncoder? Announce(HttpContext http, ICompressionProvider? provider, CallOptionsSnapshot options)
    {
        if (provider is null || !IsAccepted(http.Request, provider.EncodingName))
            return null;
        http.Response.Headers[GrpcProtocol.EncodingHeader] = provider.EncodingName;
        return new MessageEncoder(provider, options.ResponseLevel);
    }

    private static bool IsAccepted(HttpRequest request, string encoding) =>
        request.Headers[GrpcProtocol.AcceptEncodingHeader]
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Contains(encoding, StringComparer.Ordinal);
}
