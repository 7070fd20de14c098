using EdgeEnforcement.OperatorConsole.Hosting;

namespace EdgeEnforcement.OperatorConsole.Media;

/// <summary>
/// The browser talks to the console only, so footage passes through here: range and validators inward, status and the headers
/// that belong to a range outward, bytes streamed and never held. The client's pace is the service's pace.
/// </summary>
internal sealed class MediaProxy(MediaSource source, ILogger<MediaProxy> logger)
{
    private static readonly string[] Inward = ["Range", "If-Range", "If-None-Match", "If-Modified-Since"];
    private static readonly string[] Outward = ["Accept-Ranges", "ETag", "Last-Modified"];
    private static readonly string[] OutwardContent = ["Content-Type", "Content-Length", "Content-Range"];

    public async Task PassAsync(ulong manifestIndex, HttpContext context)
    {
        using var request = source.Request(HttpMethod.Parse(context.Request.Method), manifestIndex);
        foreach (var name in Inward)
        {
            if (context.Request.Headers.TryGetValue(name, out var values))
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        try
        {
            using var answer = await source.SendAsync(request, context.RequestAborted);
            CopyHead(answer, context.Response);
            if (HttpMethods.IsGet(context.Request.Method) && answer.StatusCode != System.Net.HttpStatusCode.NotModified)
                await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The player seeks by dropping the connection: the ordinary end of a range.
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            logger.MediaUnreachable(manifestIndex, exception.Message);
            if (context.Response.HasStarted)
                context.Abort(); // a short body must not look complete
            else
                Refuse(context.Response);
        }
    }

    private static void CopyHead(HttpResponseMessage answer, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var name in Outward)
        {
            if (answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values))
                response.Headers[name] = values.ToArray();
        }
        foreach (var name in OutwardContent)
        {
            if (answer.Content.Headers.TryGetValues(name, out var values))
                response.Headers[name] = values.ToArray();
        }
        // Evidence is shown, not kept by browsers; a stored file that claims to be a page must stay a file.
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'";
    }

    private static void Refuse(HttpResponse response)
    {
        response.Headers.Clear();
        response.StatusCode = StatusCodes.Status502BadGateway;
    }
}
