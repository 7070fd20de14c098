using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// Folds entries into a projection's file without a pump, in the same batches and through the same tables. Killed in the middle, it
/// leaves a file whose cursor says how far it came: the service goes on from there.
/// </summary>
/// <param name="file">The file, or none yet.</param>
/// <param name="projection">Whose tables.</param>
/// <param name="erasedThrough">One above the newest deletion leaf obeyed by the entries that will come.</param>
internal sealed class ProjectionFold(SqliteFile file, IProjection projection, ulong erasedThrough) : IDisposable
{
    private readonly ProjectionFile _open = ProjectionFile.Open(file, projection, erasedThrough);
    private readonly List<ProjectedEntry> _batch = []; // all of them, also those that a pump passes over
    private long _bytes;

    /// <summary>Entries below are in the file.</summary>
    public ulong Position => _open.Position;

    /// <summary>Entries come in order, the first at <see cref="Position"/>.</summary>
    public void Take(LedgerEntry entry)
    {
        ProjectedEntry projected = EntryDecoder.Decode(entry, projection.Wants);
        _batch.Add(projected);
        if (projected.Record is not null)
            _bytes += entry.Envelope.Length;
        if (_batch.Count == ProjectionPump.BatchEntries || _bytes >= ProjectionPump.BatchBytes)
            Flush();
    }

    /// <summary>On return what was taken is committed.</summary>
    public void Flush()
    {
        if (_batch.Count == 0)
            return;
        _open.Take(new ProjectionBatch(_batch, _batch.Count, _batch[^1].Index + 1, _batch[^1].LeafBytes));
        _batch.Clear();
        _bytes = 0;
    }

    public void Dispose() => _open.Dispose();
}
