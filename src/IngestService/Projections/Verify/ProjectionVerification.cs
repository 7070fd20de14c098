using System.Globalization;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Verify;

/// <summary>
/// Folds the ledger once more into files of its own and compares them, row by row, with what the service keeps: the only way to
/// find a value that changed in a page SQLite still finds in order. Beside a running service each file is seen as it was at one commit,
/// and folded as far as its own cursor.
/// </summary>
internal sealed class ProjectionVerification(string dataDirectory, string scratchDirectory) : IVerification, IDisposable
{
    private readonly List<Part> _parts = [];
    private VerificationReport _report = new(TextWriter.Null);

    public long RowCount { get; private set; }

    public void Begin(VerificationReport report)
    {
        _report = report;
        foreach (IProjection projection in ProjectionList.All(dataDirectory))
            Begin(projection);
    }

    private void Begin(IProjection projection)
    {
        SqliteFile file = ProjectionList.FileOf(dataDirectory, projection);
        if (!File.Exists(file.Path))
        {
            _report.Note($"{file.Path}: there is no such file; the next start makes it");
            return;
        }
        SqliteReadLease? found = null;
        try
        {
            found = file.Rent();
            long version = found.Number("PRAGMA user_version");
            if (version != projection.SchemaVersion)
            {
                _report.Note($"{file.Path}: schema version {version}, this program writes {projection.SchemaVersion}; the next start makes it anew");
                found.Dispose();
                return;
            }
            (ulong position, ulong erased) = found.Query("SELECT position, erased FROM cursor", row => (row.UInt64(0), row.UInt64(1))).Single();
            SqliteFile scratch = new(Path.Combine(scratchDirectory, projection.Name + ".db"));
            _parts.Add(new Part(file, found, scratch, new ProjectionFold(scratch, projection, erased), position));
        }
        catch (Exception fault) when (TableComparison.IsUnreadable(fault))
        {
            _report.Difference(file.Path, null, null, fault.Message);
            found?.Dispose();
        }
    }

    public void Entry(VerifiedEntry entry)
    {
        foreach (Part part in _parts)
            if (entry.Index < part.Position && entry.Index >= part.Fold.Position)
                part.Fold.Take(ToLedgerEntry(entry));
    }

    public static LedgerEntry ToLedgerEntry(VerifiedEntry entry) => new(
        new EntryIndex(entry.Index), entry.Leaf, entry.LeafBytes, default, entry.Envelope ?? default, entry.Envelope is null);

    public void End(bool complete)
    {
        foreach (Part part in _parts)
            End(part, complete);
    }

    private void End(Part part, bool complete)
    {
        string path = part.File.Path;
        part.Fold.Flush();
        if (part.Fold.Position != part.Position)
            _report.Difference(path, null, part.Fold.Position, string.Create(CultureInfo.InvariantCulture,
                $"it says it holds {part.Position} entries, the segments give {part.Fold.Position}"));
        if (!complete || part.Fold.Position != part.Position)
        {
            _report.Note($"{path}: not compared, entries are missing");
            return;
        }
        try
        {
            using SqliteReadLease expected = part.Scratch.Rent();
            RowCount += new TableComparison(part.Found, expected, what => _report.Difference(path, null, null, what)).Run();
        }
        catch (Exception fault) when (TableComparison.IsUnreadable(fault))
        {
            _report.Difference(path, null, null, fault.Message);
        }
    }

    public void Dispose()
    {
        foreach (Part part in _parts)
        {
            part.Found.Dispose();
            part.File.Dispose();
            part.Fold.Dispose();
            part.Scratch.Dispose();
        }
    }

    private sealed record Part(SqliteFile File, SqliteReadLease Found, SqliteFile Scratch, ProjectionFold Fold, ulong Position);
}
