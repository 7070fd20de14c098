using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Http;

/// <summary>A refusal as JSON, with the status the map gives it.</summary>
internal static class RefusalResult
{
    public static IResult Of(RefusalDetail refusal)
    {
        var entry = RefusalMap.Of(refusal.Code);
        return Results.Json(
            new { code = (int)refusal.Code, name = entry.Name, permanent = entry.Permanent, stage = entry.Stage, detail = refusal.Detail },
            statusCode: entry.Http);
    }

    public static IResult NoSuchPage(HttpContext http) => Results.Json(
        new { code = 0, name = "NO_SUCH_PAGE", permanent = true, stage = "receiving", detail = http.Request.Path.Value ?? "" },
        statusCode: StatusCodes.Status404NotFound);
}
