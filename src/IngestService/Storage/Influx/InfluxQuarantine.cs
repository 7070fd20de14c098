using System.Text;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <summary>Lines the server would not take, each under a comment that says why; flushed before the cursor passes them.</summary>
internal sealed class InfluxQuarantine(IFileSystem files, string path, long mostBytes)
{
    public string Path { get; } = path;

    /// <summary>False when the file has its size: the line is not kept.</summary>
    public bool Add(ReadOnlySpan<byte> line, string error)
    {
        files.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        bool isNew = !files.Exists(Path);
        using (IFile file = isNew ? files.CreateNew(Path) : files.OpenExisting(Path, FileAccess.ReadWrite))
        {
            if (file.Length + line.Length + error.Length > mostBytes)
                return false;
            byte[] bytes = [.. Encoding.UTF8.GetBytes($"# {error.ReplaceLineEndings(" ")}\n"), .. line];
            file.Write(bytes, file.Length);
            file.Flush();
        }
        if (isNew)
            files.SyncDirectory(System.IO.Path.GetDirectoryName(Path)!);
        return true;
    }
}
