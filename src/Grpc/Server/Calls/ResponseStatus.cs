using System.Globalization;
using Grpc.Core;
using Grpc.Framing;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Puts a status into a response: as its only headers while nothing was sent, as trailers after.</summary>
internal static class ResponseStatus
{
    public static string Format(StatusCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);

    /// <summary>Trailers-only: headers that end the stream.</summary>
    public static void SendAlone(HttpResponse response, Status status, Metadata trailers)
    {
        response.ContentType = GrpcProtocol.ContentType;
        response.Headers[GrpcProtocol.StatusHeader] = Format(status.StatusCode);
        if (!string.IsNullOrEmpty(status.Detail))
            response.Headers[GrpcProtocol.MessageHeader] = StatusMessage.Encode(status.Detail);
        foreach (var entry in trailers)
        {
            if (!MetadataHeaders.IsReserved(entry.Key))
                response.Headers.Append(entry.Key, MetadataHeaders.ToHeaderValue(entry));
        }
    }

    public static void AppendTrailers(HttpResponse response, Status status, Metadata trailers)
    {
        foreach (var entry in trailers)
        {
            if (!MetadataHeaders.IsReserved(entry.Key))
                response.AppendTrailer(entry.Key, MetadataHeaders.ToHeaderValue(entry));
        }

        response.AppendTrailer(GrpcProtocol.StatusHeader, Format(status.StatusCode));
        if (!string.IsNullOrEmpty(status.Detail))
            response.AppendTrailer(GrpcProtocol.MessageHeader, StatusMessage.Encode(status.Detail));
    }
}
