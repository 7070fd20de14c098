using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

internal sealed class ClockReader(SqliteFile file) : IClockQueries
{
    private const string Columns = "SELECT case_id, domain, body, updated FROM procedure_clock";

    public IReadOnlyList<RunningClock> Due(DateTimeOffset now, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"{Columns} WHERE next_mark <= $1 ORDER BY next_mark, case_id LIMIT $2", ToClock, Micros.Of(now), count);
    }

    public IReadOnlyList<RunningClock> After(ClockPlace place, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"""
            {Columns} WHERE (updated, case_id, deadline_id, start_entry, subject) > ($1, $2, $3, $4, $5)
            ORDER BY updated, case_id, deadline_id, start_entry, subject LIMIT $6
            """, ToClock, place.Updated, place.CaseId, place.DeadlineId, place.StartEntry, place.Subject, count);
    }

    public IReadOnlyList<RunningClock> Tasks(ClockEffect effect, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"{Columns} WHERE task = $1 AND task > 0 ORDER BY due, case_id LIMIT $2", ToClock, effect, count);
    }

    private static RunningClock ToClock(SqliteDataReader row)
    {
        ClockState clock = ClockState.Parser.ParseFrom(row.GetFieldValue<byte[]>(2));
        string caseId = row.GetString(0);
        return new RunningClock(caseId, row.GetString(1), clock, new ClockPlace(row.UInt64(3), caseId, clock.DeadlineId, clock.StartEntry, clock.Subject));
    }
}
