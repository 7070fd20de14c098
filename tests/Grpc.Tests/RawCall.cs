using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace EdgeEnforcement.GrpcTests;

/// <summary>gRPC by hand, to be able to do it wrong.</summary>
internal static class RawCall
{
    public static byte[] Frame(IMessage message, byte flag = 0, int? length = null)
    {
        var payload = message.ToByteArray();
        var frame = new byte[5 + payload.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length ?? payload.Length);
        payload.CopyTo(frame, 5);
        return frame;
    }

    public static HttpRequestMessage Request(string path, byte[] body, string contentType = "application/grpc") =>
        Request(path, new ByteArrayContent(body), contentType);

    public static HttpRequestMessage Request(string path, HttpContent body, string contentType = "application/grpc")
    {
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
    }

    /// <summary>The status, from trailers or from a trailers-only answer.</summary>
    public static string? Status(HttpResponseMessage response) => Value(response, "grpc-status");

    public static string? Value(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var trailers) ? trailers.Single()
        : response.Headers.TryGetValues(name, out var headers) ? headers.Single()
        : null;
}
