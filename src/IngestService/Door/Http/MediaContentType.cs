using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Http;

/// <summary>From the container found in the bytes, never from the file's name.</summary>
internal static class MediaContentType
{
    public static string Of(MediaManifest manifest) => manifest.Container.ToLowerInvariant() switch
    {
        "mp4" or "m4v" when manifest.Kind == MediaKind.Audio => "audio/mp4",
        "mp4" or "m4v" => "video/mp4",
        "mov" or "quicktime" => "video/quicktime",
        "avi" => "video/x-msvideo",
        "mkv" or "matroska" => "video/x-matroska",
        "ts" or "mpegts" => "video/mp2t",
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        "aac" => "audio/aac",
        "amr" => "audio/amr",
        "jpeg" or "jpg" => "image/jpeg",
        "png" => "image/png",
        _ => "application/octet-stream",
    };
}
