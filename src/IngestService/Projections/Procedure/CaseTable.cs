using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>
/// Cases of the batch in memory, written once at its end: thirty acts on one case in a batch are one row. Most acts leave alone who handles a case, whom
/// it is about and where: then only what did change is written, and the indexes of the rest are not touched.
/// </summary>
internal sealed class CaseTable
{
    private readonly Dictionary<string, MetCase> _met = new(StringComparer.Ordinal);
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _write;
    private readonly SqliteStatement _move;
    private readonly SqliteStatement _dropHandlers;
    private readonly SqliteStatement _addHandler;

    public CaseTable(StatementSet statements)
    {
        _find = statements.Prepare("SELECT body, opened_index, updated_at FROM procedure_case WHERE case_id = $1");
        _write = statements.Prepare("""
            INSERT OR REPLACE INTO procedure_case VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            """);
        _move = statements.Prepare("""
            UPDATE procedure_case SET state = $2, is_open = $3, decided_index = $4, fined = $5, pending_approver = $6, is_returned = $7, next_due = $8, updated_at = $9, body = $10
            WHERE case_id = $1
            """);
        _dropHandlers = statements.Prepare("DELETE FROM case_handler WHERE case_id = $1");
        _addHandler = statements.Prepare("INSERT OR REPLACE INTO case_handler VALUES ($1, $2, $3, $4, $5)");
    }

    /// <summary>Cases touched since the last <see cref="Write()"/>.</summary>
    public IEnumerable<ProcedureCase> Met => _met.Values.Select(met => met.Case);

    public int Count => _met.Count;

    public void Open(ProcedureCase subject, ulong entry, long micros) => _met.TryAdd(subject.CaseId, new MetCase(subject, entry, null) { Updated = micros });

    /// <summary>To be changed in place; null: there is no such case.</summary>
    public ProcedureCase? Change(string caseId, long micros)
    {
        if (!_met.TryGetValue(caseId, out MetCase? met))
        {
            met = _find.QueryOne(row => ToMet(ProcedureCase.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)), row.UInt64(1), row.GetInt64(2)), caseId);
            if (met is null)
                return null;
            _met.Add(caseId, met);
        }

        met.Updated = Math.Max(met.Updated, micros);
        return met.Case;
    }

    public void Write()
    {
        foreach (MetCase met in _met.Values)
            Write(met);
        _met.Clear();
    }

    private void Write(MetCase met)
    {
        ProcedureCase subject = met.Case;
        CasePlace place = CasePlace.Of(subject);
        bool isOpen = WorkColumns.IsOpen(subject), fined = subject.Decision?.Sanction?.FineFen > 0;
        OfficerRole approver = subject.Pending?.Approver ?? OfficerRole.Unspecified;
        ReadOnlyMemory<byte> body = subject.ToByteArray();
        if (met.Stored?.Place == place)
        {
            _move.Run(subject.CaseId, subject.State, isOpen, WorkColumns.DecidedEntry(subject), fined, approver, WorkColumns.IsReturned(subject),
                WorkColumns.DueMicros(subject), met.Updated, body);
        }
        else
        {
            _write.Run(subject.CaseId, met.Opened, subject.State, isOpen, place.UnitId, place.Domain, place.ObjectId, place.ItemId, place.ActFromDay, place.ActThroughDay,
                WorkColumns.DecidedEntry(subject), fined, approver, WorkColumns.IsReturned(subject), WorkColumns.DueMicros(subject), met.Updated, place.Place, place.Cell, body);
        }

        string[] handlers = WorkColumns.HandlerRows(subject);
        if (met.Stored is { } stored && stored.Place == place && stored.Due == WorkColumns.DueMicros(subject) && stored.Handlers.SequenceEqual(handlers))
            return;
        _dropHandlers.Run(subject.CaseId);
        foreach (string officer in handlers)
            _addHandler.Run(officer, WorkColumns.DueMicros(subject), subject.CaseId, subject.HandlingUnitId, subject.Domain);
    }

    private static MetCase ToMet(ProcedureCase subject, ulong opened, long updated) => new(
        subject, opened, new StoredRows(CasePlace.Of(subject), WorkColumns.DueMicros(subject), WorkColumns.HandlerRows(subject))) { Updated = updated };

    /// <param name="Stored">As it is in the tables; null: it is not there yet.</param>
    private sealed record MetCase(ProcedureCase Case, ulong Opened, StoredRows? Stored)
    {
        public long Updated { get; set; }
    }

    private sealed record StoredRows(CasePlace Place, long Due, string[] Handlers);
}
