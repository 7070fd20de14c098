using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Refusals;
using Microsoft.Net.Http.Headers;

namespace EdgeEnforcement.IngestService.Door.Http;

/// <summary>
/// Stored footage by its manifest's place in the ledger. Ranges, conditions and HEAD are the server's own (RFC 9110 13 and 14);
/// the entity tag is the content's SHA-256, so a player may keep what it has for ever.
/// </summary>
internal static class MediaEndpoint
{
    public static IResult Get(ulong manifestIndex, HttpContext http, MediaStore store)
    {
        var lookup = store.FindManifest(manifestIndex);
        if (lookup.Manifest is not { } manifest)
            return RefusalResult.Of(lookup.Refusal!); // a lookup is exactly one of the two
        if (store.OpenRead(manifest) is not { } content)
            return RefusalResult.Of(new RefusalDetail(RefusalCode.ChunksMissing, $"the media of manifest {manifestIndex} has not arrived yet"));

        // The type is what the manifest found in the bytes; a browser must not guess another.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "private, no-transform";
        return Results.Stream(
            content,
            MediaContentType.Of(manifest.Manifest),
            fileDownloadName: WantsDownload(http) ? FileName(manifest) : null,
            entityTag: new EntityTagHeaderValue($"\"{manifest.Content}\""),
            enableRangeProcessing: true);
    }

    private static bool WantsDownload(HttpContext http) => http.Request.Query["download"] == "1";

    private static string FileName(ManifestFacts manifest)
    {
        var path = manifest.Manifest.OriginalPath;
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.Length > 0 ? name : manifest.Content.ToString();
    }
}
