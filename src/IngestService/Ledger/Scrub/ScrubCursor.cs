using System.Text;
using System.Text.Json;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>
/// The scrubber's place on disk: one line of JSON, one line with its SHA-256. A file that does not check is no place: the round
/// begins again.
/// </summary>
internal sealed class ScrubCursor(IFileSystem files, string path)
{
    public string Path { get; } = path;

    public ScrubState? Read()
    {
        if (DurableFile.Read(files, Path) is not { } bytes)
            return null;
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        if (end < 0 || !bytes.AsSpan(end + 1).SequenceEqual(Seal(bytes.AsSpan(0, end))))
            return null;
        return JsonSerializer.Deserialize<ScrubState>(bytes.AsSpan(0, end));
    }

    public bool Exists => files.Exists(Path);

    public void Write(ScrubState state)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(state);
        DurableFile.Replace(files, Path, [.. json, (byte)'\n', .. Seal(json)]);
    }

    private static byte[] Seal(ReadOnlySpan<byte> json) => Encoding.ASCII.GetBytes(Sha256Hash.Of(json) + "\n");
}
