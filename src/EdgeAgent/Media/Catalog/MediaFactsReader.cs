using EdgeEnforcement.Contracts.V1;
using MetadataExtractor;
using MetadataExtractor.Formats.Avi;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.FileType;
using MetadataExtractor.Formats.QuickTime;
using MetadataExtractor.Formats.Wav;
using Directory = MetadataExtractor.Directory;

namespace EdgeEnforcement.EdgeAgent.Media.Catalog;

/// Reads container, codec, duration, creation time and place from a finished copy. Nothing it meets is fatal: a file that cannot be
/// read is kept and hashed like the rest, with less said about it.
internal sealed class MediaFactsReader(TimeZoneInfo recorderZone)
{
    private const int BufferBytes = 4096;

    // QuickTime counts from 1904; recorders that never set the field leave it there.
    private static readonly DateTime EarliestCreation = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public MediaFacts Read(Func<Stream> open, string originalName)
    {
        try
        {
            // The extractor reads few bytes at a time.
            using var file = new BufferedStream(open(), BufferBytes);
            return Read(file, originalName);
        }
        // The extractor meets arbitrary bytes of a foreign disk and names no closed set of exceptions; here all of them mean "unreadable".
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return ByExtension(originalName);
        }
    }

    private MediaFacts Read(Stream file, string originalName)
    {
        var codec = Mp4Boxes.LooksLikeMp4(file) ? Mp4Boxes.ReadCodec(file) : "";
        file.Position = 0;
        var directories = ImageMetadataReader.ReadMetadata(file);
        var container = directories.OfType<FileTypeDirectory>().FirstOrDefault()?.GetString(FileTypeDirectory.TagDetectedFileTypeName)?.ToLowerInvariant() switch
        {
            null => "",
            "quicktime" => "mov",
            var name => name,
        };

        return new MediaFacts(
            KindOf(container, originalName),
            container,
            codec.Length > 0 ? codec : CodecOf(directories),
            PlausibleTime.OrNone(DurationOf(directories, file.Length)),
            PlausibleTime.OrNone(CreationOf(directories)),
            PlaceOf(directories));
    }

    private static MediaFacts ByExtension(string name) =>
        Path.GetExtension(name).Equals(".mp3", StringComparison.OrdinalIgnoreCase)
            ? new MediaFacts(MediaKind.Audio, "mp3", "mp3", null, null, null) // the extractor knows no MPEG audio
            : MediaFacts.Unreadable with { Kind = KindOf("", name) };

    private static MediaKind KindOf(string container, string name) =>
        (container.Length > 0 ? container : Path.GetExtension(name).TrimStart('.').ToLowerInvariant()) switch
        {
            "mp4" or "mov" or "avi" or "m4v" or "mkv" or "ts" or "dav" => MediaKind.Video,
            "wav" or "mp3" or "aac" or "m4a" or "amr" => MediaKind.Audio,
            "jpeg" or "jpg" or "png" or "bmp" or "heif" or "tiff" => MediaKind.Photo,
            _ => MediaKind.Other,
        };

    private static string CodecOf(IReadOnlyList<Directory> directories) =>
        directories.OfType<AviDirectory>().FirstOrDefault()?.GetString(AviDirectory.TagVideoCodec)?.Trim().ToLowerInvariant()
        ?? directories.OfType<WavFormatDirectory>().FirstOrDefault()?.GetDescription(WavFormatDirectory.TagFormat)?.ToLowerInvariant()
        ?? (directories.Any(d => d.Name == "JPEG") ? "jpeg" : "");

    private static TimeSpan? DurationOf(IReadOnlyList<Directory> directories, long fileBytes)
    {
        if (directories.OfType<QuickTimeMovieHeaderDirectory>().FirstOrDefault()?.GetObject(QuickTimeMovieHeaderDirectory.TagDuration) is TimeSpan movie)
            return movie;
        if (directories.OfType<AviDirectory>().FirstOrDefault()?.GetString(AviDirectory.TagDuration) is { } text
            && TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var avi))
            return avi;
        // Samples fill the file up to its headers: right to a few milliseconds, which is what a duration is for here.
        if (directories.OfType<WavFormatDirectory>().FirstOrDefault() is { } wave
            && wave.TryGetInt64(WavFormatDirectory.TagBytesPerSec, out var rate) && rate > 0)
            return TimeSpan.FromSeconds((double)fileBytes / rate);
        return null;
    }

    private DateTimeOffset? CreationOf(IReadOnlyList<Directory> directories)
    {
        if (directories.OfType<QuickTimeMovieHeaderDirectory>().FirstOrDefault() is { } movie
            && movie.TryGetDateTime(QuickTimeMovieHeaderDirectory.TagCreated, out var created) && created > EarliestCreation)
            return new DateTimeOffset(DateTime.SpecifyKind(created, DateTimeKind.Utc));
        // EXIF has no zone: the recorder's is the profile's.
        if (directories.OfType<ExifSubIfdDirectory>().FirstOrDefault() is { } exif
            && exif.TryGetDateTime(ExifDirectoryBase.TagDateTimeOriginal, out var taken) && taken > EarliestCreation)
        {
            var local = DateTime.SpecifyKind(taken, DateTimeKind.Unspecified);
            return new DateTimeOffset(local, recorderZone.GetUtcOffset(local));
        }
        return null;
    }

    private static Position? PlaceOf(IReadOnlyList<Directory> directories) =>
        directories.OfType<GpsDirectory>().FirstOrDefault()?.GetGeoLocation() is { IsZero: false } place
            ? new Position { Latitude = place.Latitude, Longitude = place.Longitude }
            : null;
}
