using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>
/// Running clocks by their next mark, so that what is due is found without a look at the rest. Rows of a case say all together which entry moved its clocks
/// last: that is the same however entries came in batches.
/// </summary>
internal sealed class ClockTable(StatementSet statements)
{
    private readonly Dictionary<string, ulong> _moved = new(StringComparer.Ordinal);
    private readonly SqliteStatement _find = statements.Prepare("SELECT deadline_id, start_entry, subject FROM procedure_clock WHERE case_id = $1");
    private readonly SqliteStatement _drop = statements.Prepare("DELETE FROM procedure_clock WHERE case_id = $1 AND deadline_id = $2 AND start_entry = $3 AND subject = $4");
    private readonly SqliteStatement _add = statements.Prepare("INSERT INTO procedure_clock VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    private readonly SqliteStatement _change = statements.Prepare("""
        UPDATE procedure_clock SET domain = $5, next_mark = $6, due = $7, task = $8, updated = $9, body = $10
        WHERE case_id = $1 AND deadline_id = $2 AND start_entry = $3 AND subject = $4
        """);

    /// <summary>The entry may have changed clocks of the case: its rows are written at the end of the batch.</summary>
    public void Moved(string caseId, ulong entry) => _moved[caseId] = entry;

    /// <param name="met">Cases of the batch.</param>
    public void Write(IEnumerable<ProcedureCase> met)
    {
        foreach (ProcedureCase subject in _moved.Count == 0 ? [] : met)
        {
            if (_moved.TryGetValue(subject.CaseId, out ulong entry))
                Write(subject, entry);
        }

        _moved.Clear();
    }

    private void Write(ProcedureCase subject, ulong entry)
    {
        HashSet<ClockKey> there = [.. _find.Query(row => new ClockKey(row.GetString(0), row.UInt64(1), row.GetString(2)), subject.CaseId)];
        foreach (ClockState clock in subject.Clocks.Where(clock => clock.StoppedAt is null))
        {
            bool isThere = there.Remove(new ClockKey(clock.DeadlineId, clock.StartEntry, clock.Subject));
            bool isTask = clock.Effect is ClockEffect.Escalate or ClockEffect.ReleaseTask && clock.Reached.Contains(ClockStage.Expired);
            (isThere ? _change : _add).Run(subject.CaseId, clock.DeadlineId, clock.StartEntry, clock.Subject, subject.Domain,
                SqliteColumns.ToMicros(ClockPolicy.NextMark(clock)), SqliteColumns.ToMicros(clock.DueAt) ?? 0, isTask ? clock.Effect : ClockEffect.Unspecified, entry,
                (ReadOnlyMemory<byte>)clock.ToByteArray());
        }

        foreach (ClockKey gone in there)
            _drop.Run(subject.CaseId, gone.DeadlineId, gone.StartEntry, gone.Subject);
    }

    private readonly record struct ClockKey(string DeadlineId, ulong StartEntry, string Subject);
}
