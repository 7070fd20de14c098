using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Running clocks by their next mark, so that what is due is found without a look at the rest. A row that says what it said is not written again.</summary>
internal sealed class ClockTable(StatementSet statements)
{
    private readonly HashSet<string> _moved = new(StringComparer.Ordinal);
    private readonly SqliteStatement _find = statements.Prepare("SELECT deadline_id, start_entry, subject, domain, body FROM procedure_clock WHERE case_id = $1");
    private readonly SqliteStatement _drop = statements.Prepare("DELETE FROM procedure_clock WHERE case_id = $1 AND deadline_id = $2 AND start_entry = $3 AND subject = $4");
    private readonly SqliteStatement _add = statements.Prepare("INSERT INTO procedure_clock VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    private readonly SqliteStatement _change = statements.Prepare("""
        UPDATE procedure_clock SET domain = $5, next_mark = $6, due = $7, task = $8, updated = $9, body = $10
        WHERE case_id = $1 AND deadline_id = $2 AND start_entry = $3 AND subject = $4
        """);

    /// <summary>Clocks of the case changed: its rows are written at the end of the batch.</summary>
    public void Moved(string caseId) => _moved.Add(caseId);

    /// <param name="met">Cases of the batch.</param>
    /// <param name="entry">Its last entry.</param>
    public void Write(IEnumerable<ProcedureCase> met, ulong entry)
    {
        foreach (ProcedureCase subject in _moved.Count == 0 ? [] : met.Where(subject => _moved.Contains(subject.CaseId)))
            Write(subject, entry);
        _moved.Clear();
    }

    private void Write(ProcedureCase subject, ulong entry)
    {
        Dictionary<ClockKey, (string Domain, byte[] Body)> there = _find.Query(ToRow, subject.CaseId).ToDictionary(row => row.Key, row => (row.Domain, row.Body));
        foreach (ClockState clock in subject.Clocks.Where(clock => clock.StoppedAt is null))
        {
            byte[] body = clock.ToByteArray();
            bool isThere = there.Remove(new ClockKey(clock.DeadlineId, clock.StartEntry, clock.Subject), out (string Domain, byte[] Body) row);
            if (isThere && row.Domain == subject.Domain && row.Body.AsSpan().SequenceEqual(body))
                continue;
            bool isTask = clock.Effect is ClockEffect.Escalate or ClockEffect.ReleaseTask && clock.Reached.Contains(ClockStage.Expired);
            (isThere ? _change : _add).Run(subject.CaseId, clock.DeadlineId, clock.StartEntry, clock.Subject, subject.Domain,
                SqliteColumns.ToMicros(ClockPolicy.NextMark(clock)), SqliteColumns.ToMicros(clock.DueAt) ?? 0, isTask ? clock.Effect : ClockEffect.Unspecified, entry,
                (ReadOnlyMemory<byte>)body);
        }

        foreach (ClockKey gone in there.Keys)
            _drop.Run(subject.CaseId, gone.DeadlineId, gone.StartEntry, gone.Subject);
    }

    private static (ClockKey Key, string Domain, byte[] Body) ToRow(SqliteDataReader row) =>
        (new ClockKey(row.GetString(0), row.UInt64(1), row.GetString(2)), row.GetString(3), row.GetFieldValue<byte[]>(4));

    private readonly record struct ClockKey(string DeadlineId, ulong StartEntry, string Subject);
}
