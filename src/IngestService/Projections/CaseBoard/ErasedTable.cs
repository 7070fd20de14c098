using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

/// <summary>
/// What a deletion leaf leaves on the board: a line in the life of each file it took, the versions its facts had made, and a line in the
/// life of each case that lost lines by it: a hole in a case's history must say why it is there.
/// </summary>
internal sealed class ErasedTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _within;
    private readonly SqliteStatement _advance;

    public ErasedTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _add = _statements.Prepare("INSERT OR REPLACE INTO erased_manifest VALUES ($1)");
        _within = _statements.Prepare("SELECT manifest_index FROM erased_manifest WHERE manifest_index BETWEEN $1 AND $2 ORDER BY manifest_index");
        _advance = _statements.Prepare("""
            INSERT INTO version VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET version = version + $2
            """);
    }

    public void Met(ProjectedEntry entry)
    {
        if (entry.Leaf.Type == Record.MediaManifestFieldNumber)
            _add.Run(entry.Index);
    }

    public void Apply(ProjectedEntry entry, Erased erased, TimelineTable timeline)
    {
        foreach (EntryRange range in erased.Ranges)
        {
            foreach (long index in _within.Query(row => row.GetInt64(0), range.First, range.Last))
                timeline.Add(TimelineSubject.Media((ulong)index), entry, TimelineText.Of(erased), erased.Approvers[^1].Name);
        }

        foreach (StreamAdvance advance in erased.Advances)
        {
            if (!CaseStream.IsCase(advance.Stream))
                continue;
            _advance.Run(advance.Stream, advance.Count);
            timeline.Add(TimelineSubject.Case(CaseStream.CaseOf(advance.Stream)), entry, TimelineText.Of(erased), erased.Approvers[^1].Name);
        }
    }

    public void Dispose() => _statements.Dispose();
}
