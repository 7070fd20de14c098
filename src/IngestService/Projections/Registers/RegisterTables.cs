using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>
/// Entries to rows and to the book. The book is offered at the end of a batch, a moment before its commit: what it holds is durable in the
/// ledger, and a batch that is rolled back is applied again with the same entries.
/// </summary>
internal sealed class RegisterTables : IProjectionTables
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _version;
    private readonly SqliteStatement _event;
    private readonly SqliteStatement _part;
    private readonly SqliteStatement _findPart;
    private readonly SqliteStatement _dropPart;
    private readonly SqliteStatement _holds;
    private readonly PartyTables _parties;
    private readonly RegisterBooks _books;
    private readonly RegisterBookWriter _writer;

    public RegisterTables(SqliteConnection writer, RegisterBooks books, PartyNumberKey key)
    {
        _statements = new StatementSet(writer);
        _version = _statements.Prepare("INSERT OR REPLACE INTO version VALUES ($1, $2, $3, $4, $5, $6, $7)");
        _event = _statements.Prepare("INSERT OR REPLACE INTO suspending_event VALUES ($1, $2, $3, $4, $5, $6)");
        _part = _statements.Prepare("INSERT OR REPLACE INTO part VALUES ($1, $2, $3)");
        _findPart = _statements.Prepare("SELECT body FROM part WHERE entry_index = $1 AND import_id = $2");
        _dropPart = _statements.Prepare("DELETE FROM part WHERE entry_index = $1");
        _holds = _statements.Prepare("""
            SELECT 1 WHERE EXISTS (SELECT 1 FROM version WHERE entry_index BETWEEN $1 AND $2)
                OR EXISTS (SELECT 1 FROM suspending_event WHERE entry_index BETWEEN $1 AND $2)
            """);
        _parties = new PartyTables(_statements, key);
        _books = books;
        _writer = RegisterRows.Load(_statements);
        books.Offer(_writer.ToBook());
    }

    public void Apply(ProjectedEntry entry)
    {
        _writer.Size = entry.Index + 1;
        switch (entry.Record)
        {
            case { RegisterChanged: { } changed }:
                AddAll(entry, changed.Changes, changed.Actor, aboutParties: false);
                break;
            case { ObjectRegisterChanged: { } changed }:
                AddAll(entry, changed.Changes, changed.Actor, aboutParties: true);
                break;
            case { RegisterImportPart: { } part }:
                _part.Run(entry.Index, part.ImportId, (ReadOnlyMemory<byte>)part.ToByteArray());
                break;
            case { RegisterImported: { } imported }:
                Import(entry, imported);
                break;
            case { DeviceEvent: { } happened } record when SuspendingEvent.CauseOf(happened) is { } cause:
                AddEvent(entry, record.SourceDevice, cause, happened.Detail, Micros.Of(happened.ObservedAt));
                break;
            case { FieldAlert: { Phase: EpisodePhase.Opened, Basis.Comparison: "tamper" } alert } record:
                AddEvent(entry, record.SourceDevice, "tamper", alert.Title, Micros.Of(alert.ObservedAt));
                break;
        }
    }

    public bool MayHold(IReadOnlyList<IndexRange> entries) => entries.Any(range => _holds.Exists(range.First, range.Last));

    public void EndBatch() => _books.Offer(_writer.ToBook());

    public void Dispose() => _statements.Dispose();

    private void Import(ProjectedEntry entry, RegisterImported imported)
    {
        List<RegisterChange> changes = [];
        foreach (ulong index in imported.Parts)
        {
            if (_findPart.QueryOne(row => row.GetFieldValue<byte[]>(0), index, imported.ImportId) is { } body)
                changes.AddRange(RegisterImportPart.Parser.ParseFrom(body).Changes);
            _dropPart.Run(index);
        }

        AddAll(entry, changes, imported.Actor, aboutParties: false);
    }

    private void AddAll(ProjectedEntry entry, IReadOnlyList<RegisterChange> changes, Actor? actor, bool aboutParties)
    {
        if (entry.Leaf.Origin != LeafOrigin.Operator)
            return;
        for (int line = 0; line < changes.Count; line++)
        {
            RegisterChange change = changes[line];
            RegisterKind kind = RegisterContent.KindOf(change);
            if (kind == RegisterKind.Unspecified || RegisterContent.IsAboutParties(kind) != aboutParties)
                continue;
            RegisterChange kept = aboutParties ? _parties.Add(change, entry.Index) : change;
            _version.Run(kind, change.Id, entry.Index, line, entry.IngestMicros, (ReadOnlyMemory<byte>)kept.ToByteArray(),
                (ReadOnlyMemory<byte>)(actor ?? new Actor()).ToByteArray());
            _writer.Add(RegisterVersion.Of(entry.Index, (uint)line, entry.IngestMicros, kept, actor ?? new Actor()));
        }
    }

    private void AddEvent(ProjectedEntry entry, string device, string cause, string detail, long? observed)
    {
        SuspendingEvent happened = new(entry.Index, entry.IngestMicros, SuspendingEvent.Instant(observed, entry.IngestMicros), cause, detail);
        _event.Run(device, entry.Index, entry.IngestMicros, happened.AtMicros, cause, detail);
        _writer.Add(device, happened);
    }
}
