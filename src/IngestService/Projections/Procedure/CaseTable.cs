using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Cases of the batch in memory, written once at its end: thirty acts on one case in a batch are one row.</summary>
internal sealed class CaseTable
{
    private readonly Dictionary<string, (ProcedureCase Case, ulong Opened, long Updated)> _met = new(StringComparer.Ordinal);
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _write;
    private readonly SqliteStatement _dropHandlers;
    private readonly SqliteStatement _addHandler;

    public CaseTable(StatementSet statements)
    {
        _find = statements.Prepare("SELECT body, opened_index, updated_at FROM procedure_case WHERE case_id = $1");
        _write = statements.Prepare("""
            INSERT OR REPLACE INTO procedure_case VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            """);
        _dropHandlers = statements.Prepare("DELETE FROM case_handler WHERE case_id = $1");
        _addHandler = statements.Prepare("INSERT OR REPLACE INTO case_handler VALUES ($1, $2, $3)");
    }

    /// <summary>Cases touched since the last <see cref="Write"/>.</summary>
    public IEnumerable<ProcedureCase> Met => _met.Values.Select(met => met.Case);

    public int Count => _met.Count;

    public void Open(ProcedureCase subject, ulong entry, long micros) => _met.TryAdd(subject.CaseId, (subject, entry, micros));

    /// <summary>To be changed in place; null: there is no such case.</summary>
    public ProcedureCase? Change(string caseId, long micros)
    {
        if (_met.TryGetValue(caseId, out (ProcedureCase Case, ulong Opened, long Updated) met))
        {
            _met[caseId] = met with { Updated = Math.Max(met.Updated, micros) };
            return met.Case;
        }

        (ProcedureCase Case, ulong Opened, long Updated)[] found = [.. _find.Query(row =>
            (ProcedureCase.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)), row.UInt64(1), Math.Max(row.GetInt64(2), micros)), caseId)];
        if (found.Length == 0)
            return null;
        _met.Add(caseId, found[0]);
        return found[0].Case;
    }

    public void Write()
    {
        foreach ((ProcedureCase subject, ulong opened, long updated) in _met.Values)
            Write(subject, opened, updated);
        _met.Clear();
    }

    private void Write(ProcedureCase subject, ulong opened, long updated)
    {
        long due = WorkColumns.NextDue(subject)?.Micros ?? long.MaxValue;
        _write.Run(subject.CaseId, opened, subject.State, WorkColumns.IsOpen(subject), subject.HandlingUnitId, subject.Domain,
            subject.Filing?.ObjectId ?? "", subject.Filing?.ItemId ?? "", subject.Filing?.ActFromDay ?? "", subject.Filing?.ActThroughDay ?? "",
            WorkColumns.DecidedEntry(subject), subject.Decision?.Sanction?.FineFen > 0, subject.Pending?.Approver ?? OfficerRole.Unspecified,
            WorkColumns.IsReturned(subject), due, updated, subject.Place, MapCell.Of(subject), (ReadOnlyMemory<byte>)subject.ToByteArray());
        _dropHandlers.Run(subject.CaseId);
        if (!WorkColumns.IsOpen(subject))
            return;
        foreach (string officer in WorkColumns.Handlers(subject))
            _addHandler.Run(officer, due, subject.CaseId);
    }
}
