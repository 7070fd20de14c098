using System.Buffers.Binary;
using System.Text;

namespace EdgeEnforcement.EdgeAgent.Media.Catalog;

/// The little of ISO/IEC 14496-12 we need ourselves: is the file finished (a recorder writes 'moov' last), and which codec has
/// the first visual track. Reads headers only, never trusts a length, never recurses deeper than the path it looks for.
internal static class Mp4Boxes
{
    private const int HeaderBytes = 8;
    private const int MostBoxes = 4096;
    private static readonly string[] SampleEntryPath = ["moov", "trak", "mdia", "minf", "stbl", "stsd"];

    public static bool LooksLikeMp4(Stream file)
    {
        Span<byte> head = stackalloc byte[12];
        file.Position = 0;
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && Encoding.ASCII.GetString(head[4..8]) is "ftyp" or "moov" or "mdat" or "wide" or "free" or "skip";
    }

    public static bool HasMovie(Stream file) => Find(file, "moov", 0, file.Length).Any();

    /// The four-character code of the first video sample entry, else of the first entry of any track; empty if there is none.
    public static string ReadCodec(Stream file)
    {
        var codes = Descend(file, 0, 0, file.Length).Take(32).ToList();
        return codes.FirstOrDefault(c => c.Visual).Code ?? codes.FirstOrDefault().Code ?? "";
    }

    private static IEnumerable<(string Code, bool Visual)> Descend(Stream file, int depth, long start, long end)
    {
        foreach (var (bodyStart, bodyEnd) in Find(file, SampleEntryPath[depth], start, end))
        {
            if (depth + 1 < SampleEntryPath.Length)
                foreach (var code in Descend(file, depth + 1, bodyStart, bodyEnd))
                    yield return code;
            else if (ReadSampleEntry(file, bodyStart, bodyEnd) is { } entry)
                yield return entry;
        }
    }

    /// 'stsd' is a full box: version and flags, entry count, then the entries.
    private static (string, bool)? ReadSampleEntry(Stream file, long start, long end)
    {
        if (end - start < 16)
            return null;
        Span<byte> bytes = stackalloc byte[16];
        file.Position = start;
        file.ReadExactly(bytes);
        var code = Encoding.ASCII.GetString(bytes[12..16]).Trim();
        if (code.Length == 0 || !code.All(char.IsAsciiLetterOrDigit))
            return null;
        return code switch
        {
            "avc1" or "avc3" => ("h264", true),
            "hvc1" or "hev1" => ("h265", true),
            "mp4v" => ("mpeg4", true),
            "jpeg" or "mjpa" or "mjpb" => ("mjpeg", true),
            "av01" => ("av1", true),
            "mp4a" => ("aac", false),
            _ => (code, false),
        };
    }

    private static IEnumerable<(long Start, long End)> Find(Stream file, string type, long start, long end)
    {
        var header = new byte[16];
        for (var (at, count) = (start, 0); at + HeaderBytes <= end && count < MostBoxes; count++)
        {
            file.Position = at;
            if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
                yield break;
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            var body = HeaderBytes;
            if (size == 1 && at + 16 <= end)
            {
                file.Position = at;
                file.ReadExactly(header, 0, 16);
                size = BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8));
                body = 16;
            }
            else if (size == 0)
                size = end - at;
            // A box that passes its parent's end is not written to its end yet.
            if (size < body || size > end - at)
                yield break;
            if (Encoding.ASCII.GetString(header, 4, 4) == type)
                yield return (at + body, at + size);
            at += size;
        }
    }
}
