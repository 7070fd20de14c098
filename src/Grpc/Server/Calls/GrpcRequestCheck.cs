using Grpc.Core;
using Grpc.Framing;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Refuses, in HTTP's own words, what is not a gRPC request; the peer may not understand a gRPC status.</summary>
internal static class GrpcRequestCheck
{
    public static bool IsServed(HttpContext http)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            http.Response.Headers.Upgrade = "h2c";
            Refuse(http.Response, StatusCodes.Status426UpgradeRequired, $"gRPC needs HTTP/2, the request came by {http.Request.Protocol}.");
            return false;
        }

        if (!GrpcProtocol.IsGrpcContentType(http.Request.ContentType))
        {
            Refuse(http.Response, StatusCodes.Status415UnsupportedMediaType, "The content type must be application/grpc.");
            return false;
        }

        return true;
    }

    private static void Refuse(HttpResponse response, int httpStatus, string detail)
    {
        response.StatusCode = httpStatus;
        response.Headers[GrpcProtocol.StatusHeader] = ResponseStatus.Format(StatusCode.Internal);
        response.Headers[GrpcProtocol.MessageHeader] = StatusMessage.Encode(detail);
    }
}
