namespace EdgeEnforcement.OperatorConsole.Hosting;

/// <summary>The pages may load nothing from elsewhere and may not be framed: nothing calls an outside address.</summary>
internal static class SecurityHeaders
{
    // Styles inline: Radzen positions its popups that way. The circuit's WebSocket counts as 'self'.
    private const string Policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }
}
