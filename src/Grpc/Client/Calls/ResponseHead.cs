using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>What the headers and trailers of a response say.</summary>
internal static class ResponseHead
{
    /// <summary>True when the headers already end the call: a trailers-only answer, or an answer that is not gRPC.</summary>
    public static bool TryGetFinalStatus(HttpResponseMessage response, out Status status, out Metadata trailers)
    {
        if (TryReadStatus(response.Headers.NonValidated, out status))
        {
            trailers = Read(response.Headers.NonValidated);
            return true;
        }

        trailers = Metadata.Empty;
        if (response.StatusCode != HttpStatusCode.OK)
        {
            status = new Status(FromHttp(response.StatusCode), $"Bad gRPC response: HTTP status code {(int)response.StatusCode}.");
            return true;
        }

        var contentType = response.Content.Headers.NonValidated.TryGetValues("content-type", out var values) ? values.ToString() : null;
        if (!GrpcProtocol.IsGrpcContentType(contentType))
        {
            status = new Status(StatusCode.Unknown, $"Bad gRPC response: content type '{contentType}'.");
            return true;
        }

        return false;
    }

    public static Metadata ReadHeaders(HttpResponseMessage response) => Read(response.Headers.NonValidated);

    /// <summary>Empty when the response announces none.</summary>
    public static string ReadEncoding(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues(GrpcProtocol.EncodingHeader, out var encoding) ? encoding.ToString() : "";

    public static (Status Status, Metadata Trailers) ReadTrailers(HttpResponseMessage response)
    {
        var trailers = response.TrailingHeaders.NonValidated;
        return TryReadStatus(trailers, out var status)
            ? (status, Read(trailers))
            : (new Status(StatusCode.Unknown, "The response ended without a status."), Read(trailers));
    }

    private static bool TryReadStatus(HttpHeadersNonValidated headers, out Status status)
    {
        status = default;
        if (!headers.TryGetValues(GrpcProtocol.StatusHeader, out var code))
            return false;
        var detail = headers.TryGetValues(GrpcProtocol.MessageHeader, out var message) ? StatusMessage.Decode(message.ToString()) : "";
        status = int.TryParse(code.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Status(Enum.IsDefined((StatusCode)number) ? (StatusCode)number : StatusCode.Unknown, detail)
            : new Status(StatusCode.Unknown, $"The status '{code}' is no number. {detail}");
        return true;
    }

    private static Metadata Read(HttpHeadersNonValidated headers)
    {
        var metadata = new Metadata();
        foreach (var (key, values) in headers)
        {
            foreach (var value in values)
                MetadataHeaders.AddReceived(metadata, key, value);
        }

        return metadata;
    }

    /// <summary>gRPC's own table ("HTTP to gRPC Status Code Mapping"), for answers from what is no gRPC server.</summary>
    private static StatusCode FromHttp(HttpStatusCode code) => code switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
