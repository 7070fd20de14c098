using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Clerk.Policies;
using EdgeEnforcement.IngestService.Clerk.State;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Projections.Verify;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk;

/// <summary>
/// clerk.db against the ledger: the state at its own position is every entry below it, and every fact of the clerk whose cause lies
/// below it, wherever the fact stands (<see cref="ClerkRecovery"/>); the next number follows the last of those facts.
/// </summary>
internal sealed class ClerkVerification(string dataDirectory, string scratchDirectory) : IVerification, IDisposable
{
    private readonly SqliteFile _file = new(Path.Combine(dataDirectory, "clerk.db"));
    private readonly SqliteFile _scratch = new(Path.Combine(scratchDirectory, "clerk.db"));
    private VerificationReport _report = new(TextWriter.Null);
    private SqliteReadLease? _found;
    private ClerkFile? _fold;
    private ulong _position;
    private byte[] _mark = CursorMark.None;
    private ulong _next = 1;
    private ulong _seen;

    public void Begin(VerificationReport report)
    {
        _report = report;
        if (!File.Exists(_file.Path))
        {
            report.Note($"{_file.Path}: there is no such file; the next start folds it from the ledger");
            return;
        }
        SqliteReadLease? found = null;
        try
        {
            found = _file.Rent();
            long version = found.Number("PRAGMA user_version");
            if (version != ClerkFile.SchemaVersion)
            {
                report.Note($"{_file.Path}: schema version {version}, this program writes {ClerkFile.SchemaVersion}; the next start folds it anew");
                found.Dispose();
                return;
            }
            (_position, ulong erased) = found.Query("SELECT position, erased FROM clerk", row => (row.UInt64(0), row.UInt64(1))).Single();
            _fold = ClerkFile.Open(_scratch, erased);
            _fold.Begin();
            _found = found;
        }
        catch (Exception fault) when (TableComparison.IsUnreadable(fault))
        {
            report.Difference(_file.Path, null, null, fault.Message);
            found?.Dispose();
        }
    }

    public void Entry(VerifiedEntry entry)
    {
        _seen = entry.Index + 1;
        if (_fold is null)
            return;
        if (_seen == _position)
            _mark = CursorMark.Of(entry.LeafBytes);
        ProjectedEntry decoded = EntryDecoder.Decode(ProjectionVerification.ToLedgerEntry(entry), ClerkPolicy.Wants);
        // A fact that was erased took its number all the same: the deletion leaf says which one came next.
        if (DeletionLeaf.Read(entry.Leaf, entry.Envelope ?? default) is { } order && order.ClerkPosition <= _position)
            _next = Math.Max(_next, order.ClerkNextSequence);
        if (entry.Leaf.Origin != LeafOrigin.Clerk)
        {
            if (entry.Index < _position)
                _fold.State.Fold(decoded);
        }
        else if (decoded.Record is { } fact && ClerkRecovery.CauseOf(fact) < _position)
        {
            _fold.State.FoldFact(fact);
            _next = Math.Max(_next, entry.Leaf.Sequence + 1);
        }
    }

    public void End(bool complete)
    {
        if (_fold is null || _found is null)
            return;
        _fold.Commit(_position, _mark, _next);
        if (_position > _seen)
            _report.Difference(_file.Path, null, _seen, $"it says {_position} entries are decided, the segments give {_seen}");
        if (!complete || _position > _seen)
        {
            _report.Note($"{_file.Path}: not compared, entries are missing");
            return;
        }
        try
        {
            using SqliteReadLease expected = _scratch.Rent();
            new TableComparison(_found, expected, what => _report.Difference(_file.Path, null, null, what)).Run();
        }
        catch (Exception fault) when (TableComparison.IsUnreadable(fault))
        {
            _report.Difference(_file.Path, null, null, fault.Message);
        }
    }

    public void Dispose()
    {
        _found?.Dispose();
        _fold?.Dispose();
        _file.Dispose();
        _scratch.Dispose();
    }
}
