using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Running clocks by their next mark, so that what is due is found without a look at the rest.</summary>
internal sealed class ClockTable(StatementSet statements)
{
    private readonly HashSet<string> _moved = new(StringComparer.Ordinal);
    private readonly SqliteStatement _drop = statements.Prepare("DELETE FROM procedure_clock WHERE case_id = $1");
    private readonly SqliteStatement _add = statements.Prepare("INSERT INTO procedure_clock VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

    /// <summary>Clocks of the case changed: its rows are written at the end of the batch.</summary>
    public void Moved(string caseId) => _moved.Add(caseId);

    /// <param name="met">Cases of the batch.</param>
    /// <param name="entry">Its last entry.</param>
    public void Write(IEnumerable<ProcedureCase> met, ulong entry)
    {
        foreach (ProcedureCase subject in _moved.Count == 0 ? [] : met.Where(subject => _moved.Contains(subject.CaseId)))
            Replace(subject, entry);
        _moved.Clear();
    }

    private void Replace(ProcedureCase subject, ulong entry)
    {
        _drop.Run(subject.CaseId);
        foreach (ClockState clock in subject.Clocks.Where(clock => clock.StoppedAt is null))
        {
            bool isTask = clock.Effect is ClockEffect.Escalate or ClockEffect.ReleaseTask && clock.Reached.Contains(ClockStage.Expired);
            _add.Run(subject.CaseId, clock.DeadlineId, clock.StartEntry, clock.Subject, subject.Domain, SqliteColumns.ToMicros(ClockPolicy.NextMark(clock)),
                SqliteColumns.ToMicros(clock.DueAt) ?? 0, isTask ? clock.Effect : ClockEffect.Unspecified, entry, (ReadOnlyMemory<byte>)clock.ToByteArray());
        }
    }
}
