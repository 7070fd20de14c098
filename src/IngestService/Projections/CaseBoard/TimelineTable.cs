using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf.Reflection;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

internal sealed class TimelineTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _add;

    public TimelineTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _add = _statements.Prepare("INSERT OR REPLACE INTO timeline VALUES ($1, $2, $3, $4, $5, $6)");
    }

    public void Add(TimelineSubject subject, ProjectedEntry entry, string text, string? actor) =>
        _add.Run(subject.Key, entry.Index, entry.IngestMicros, Kind(entry.Leaf.Type), text, actor ?? "");

    public void Dispose() => _statements.Dispose();

    private static string Kind(ushort type)
    {
        FieldDescriptor? field = Record.Descriptor.FindFieldByNumber(type);
        return field?.Name ?? "";
    }
}
