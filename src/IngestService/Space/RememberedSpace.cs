using System.Globalization;
using System.Text;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Space;

/// <summary>
/// What the last walk found, for the next start, which would else look at every tile and every film before it opens a door:
///
///   data BYTES | media BYTES | SHA-256 of the two lines
///
/// It is derived: a file that does not check is no file, and the directories are walked.
/// </summary>
internal sealed class RememberedSpace(IFileSystem files, string path)
{
    /// <summary>Null: not known.</summary>
    public (long Data, long Media)? Read()
    {
        if (DurableFile.Read(files, path) is not { } bytes)
            return null;
        var lines = Encoding.ASCII.GetString(bytes).Split('\n');
        return lines.Length == 4 && lines[2] == Seal(lines[0], lines[1])
            && BytesOf("data ", lines[0]) is { } data && BytesOf("media ", lines[1]) is { } media
            ? (data, media) : null;
    }

    public void Write(long data, long media)
    {
        var (first, second) = (string.Create(CultureInfo.InvariantCulture, $"data {data}"), string.Create(CultureInfo.InvariantCulture, $"media {media}"));
        DurableFile.Replace(files, path, Encoding.ASCII.GetBytes($"{first}\n{second}\n{Seal(first, second)}\n"));
    }

    private static string Seal(string first, string second) => Sha256Hash.Of(Encoding.ASCII.GetBytes($"{first}\n{second}\n")).ToString();

    private static long? BytesOf(string name, string line) =>
        line.StartsWith(name, StringComparison.Ordinal) && long.TryParse(line.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes : null;
}
