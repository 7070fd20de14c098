using System.Text;
using System.Text.Json;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>
/// The file 'back-up.jsonl' of a target, written last, when every file it names is durable: a head line, one line per file, and a last
/// line with the SHA-256 of all before it. What it does not name is not part of the back-up.
/// </summary>
internal sealed record BackupManifest(BackupManifest.HeadLine Head, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "back-up.jsonl";
    public const string Format = "edgeenforcement-back-up-v1";

    /// <param name="Size">Entries of the ledger: the size of the checkpoint the back-up goes up to.</param>
    /// <param name="Root">Of that checkpoint.</param>
    /// <param name="Media">False: media objects were left out.</param>
    internal sealed record HeadLine(string Format, string Origin, ulong Size, string Root, bool Media, DateTimeOffset At);

    private sealed record FileLine(string File, long Bytes, string Sha256);

    private sealed record LastLine(int Files, string Sha256);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public byte[] Render()
    {
        var text = new StringBuilder(JsonSerializer.Serialize(Head, Json)).Append('\n');
        foreach (var file in Files)
            text.Append(JsonSerializer.Serialize(new FileLine(file.Path, file.Bytes, file.Sha256.ToString()), Json)).Append('\n');
        var content = text.ToString();
        var last = new LastLine(Files.Count, Sha256Hash.Of(Encoding.UTF8.GetBytes(content)).ToString());
        return Encoding.UTF8.GetBytes(content + JsonSerializer.Serialize(last, Json) + "\n");
    }

    /// <summary>Null if there is none.</summary>
    /// <exception cref="InvalidDataException">It is not as it was written.</exception>
    public static BackupManifest? Read(IFileSystem files, string target)
    {
        var path = Path.Combine(target, FileName);
        if (DurableFile.Read(files, path) is not { } bytes)
            return null;
        try
        {
            return Parse(Encoding.UTF8.GetString(bytes)) ?? throw new InvalidDataException($"'{path}' is not as it was written");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is not as it was written: {e.Message}", e);
        }
    }

    private static BackupManifest? Parse(string text)
    {
        var lines = text.Split('\n');
        // At least head, last line and the empty rest after the last newline.
        if (lines.Length < 3 || lines[^1].Length > 0)
            return null;
        var content = string.Join('\n', lines[..^2]) + "\n";
        var last = JsonSerializer.Deserialize<LastLine>(lines[^2], Json);
        var head = JsonSerializer.Deserialize<HeadLine>(lines[0], Json);
        if (head is not { Format: Format } || last is null || last.Files != lines.Length - 3
            || last.Sha256 != Sha256Hash.Of(Encoding.UTF8.GetBytes(content)).ToString())
            return null;
        var files = new List<BackupFile>();
        foreach (var line in lines[1..^2])
        {
            if (JsonSerializer.Deserialize<FileLine>(line, Json) is not { } file || !IsBelow(file.File))
                return null;
            files.Add(new BackupFile(file.File, file.Bytes, Sha256Hash.FromBytes(Convert.FromHexString(file.Sha256))));
        }
        return new BackupManifest(head, files);
    }

    /// A manifest is input: no name in it may lead out of the directory.
    private static bool IsBelow(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && path.Split('/').All(part => part is not ("" or "." or "..") && !part.Contains('\\', StringComparison.Ordinal));
}
