using Grpc.AspNetCore.Server.Calls;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>From a call to its HTTP request.</summary>
public static class ServerCallContextExtensions
{
    /// <summary>Key under which a context that wraps another keeps the HTTP context in its user state.</summary>
    internal const string HttpContextKey = "__HttpContext";

    /// <summary>The HTTP context of the call.</summary>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        if (serverCallContext is HttpContextServerCallContext own)
            return own.HttpContext;
        return serverCallContext.UserState.TryGetValue(HttpContextKey, out var kept) && kept is HttpContext http
            ? http
            : throw new InvalidOperationException("This call context does not come from an HTTP request.");
    }
}
