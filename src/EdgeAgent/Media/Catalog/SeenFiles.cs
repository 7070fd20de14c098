using System.Text.Json;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.EdgeAgent.Media.Catalog;

/// Saves reading a recorder's whole disk again at its next docking: what size and modification time a file had when it was hashed.
/// Only a shortcut: an entry that is missing, or a file that differs from it, means hashing again; the catalogue then decides by content.
internal sealed class SeenFiles(IFileSystem files, AgentPaths paths) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Recorder, string Path), SeenFile> _seen = [];
    private readonly RecordBatch _batch = new();
    private SegmentWriter? _writer;

    public void Open()
    {
        _writer = SegmentWriter.Open(files, paths.SeenFiles, new SegmentLogOptions(), LogIds.Create(), RecoveryFloor.None, out _);
        foreach (var record in _writer.Reader.ReadFrom(_writer.Reader.FirstIndex))
            if (record.BodyState == BodyState.Intact && JsonSerializer.Deserialize<Line>(record.Body.Span) is { } line)
                _seen[(line.Recorder, line.Path)] = new SeenFile(line.Size, line.Modified, Sha256Hash.Parse(line.Sha256));
    }

    public SeenFile? Find(string recorder, string path)
    {
        lock (_lock)
            return _seen.TryGetValue((recorder, path), out var seen) ? seen : null;
    }

    public void Add(string recorder, string path, SeenFile file)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new Line(recorder, path, file.SizeBytes, file.ModifiedTicks, file.Content.ToString()));
        lock (_lock)
        {
            var writer = _writer ?? throw new InvalidOperationException("The journal of seen files is not open.");
            _batch.Clear();
            _batch.Add([1], line);
            try
            {
                writer.Append(_batch);
                writer.Flush();
            }
            catch (IOException e) when (DiskFull.IsRefusedWrite(e))
            {
                // Remembered until the next start, which reads the file once more.
            }
            _seen[(recorder, path)] = file;
        }
    }

    public void Dispose() => _writer?.Dispose();

    private sealed record Line(string Recorder, string Path, long Size, long Modified, string Sha256);
}
