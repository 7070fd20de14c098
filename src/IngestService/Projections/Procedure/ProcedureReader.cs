using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

internal sealed class ProcedureReader(SqliteFile file) : IProcedureQueries
{
    // What an entry holds never changes, so it is parsed once; some dozens in the life of a service.
    private readonly ConcurrentDictionary<ulong, ProcedureRules> _rules = new();

    public (ulong Entry, ProcedureRules Rules)? CurrentRules
    {
        get
        {
            using SqliteReadLease lease = file.Rent();
            long entry = lease.Number("SELECT ifnull(max(entry_index), -1) FROM procedure_rules");
            return entry >= 0 && RulesAt((ulong)entry) is { } rules ? ((ulong)entry, rules) : null;
        }
    }

    public ProcedureCase? Find(string caseId)
    {
        using SqliteReadLease lease = file.Rent();
        return Find(lease, caseId);
    }

    public ProcedureRules? RulesAt(ulong entry)
    {
        if (_rules.TryGetValue(entry, out ProcedureRules? known))
            return known;
        if (RulesContent(entry) is not { } content)
            return null;

        // It was read when it was activated; a program that reads it otherwise has raised the format and keeps the old reader.
        ProcedureRules rules = ProcedureRulesParser.TryParse(content, out _)
            ?? throw new InvalidDataException($"the rules of entry {entry} cannot be read by this program");
        return _rules.GetOrAdd(entry, rules);
    }

    public byte[]? RulesContent(ulong entry)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne("SELECT content FROM procedure_rules WHERE entry_index = $1", row => row.GetFieldValue<byte[]>(0), entry);
    }

    public IReadOnlyList<PartyDecision> DecisionsAbout(IReadOnlyCollection<string> objectIds)
    {
        using SqliteReadLease lease = file.Rent();
        return [.. objectIds.SelectMany(id => lease.Query("""
            SELECT case_id, item_id, act_from, act_through, fined, decided_index FROM procedure_case
            WHERE object_id = $1 AND object_id <> '' AND decided_index IS NOT NULL ORDER BY case_id
            """, ToDecision, id)).OfType<PartyDecision>()];
    }

    public IReadOnlyList<ProcedureCase> Near(ProcedureCase subject, int count)
    {
        using SqliteReadLease lease = file.Rent();
        IEnumerable<(ulong Opened, string CaseId)> found = Newest("object_id", subject.Filing?.ObjectId ?? "").Concat(Newest("place", subject.Place))
            .Concat(MapCell.Around(subject).SelectMany(cell => Newest("cell", cell)));
        return [.. found.Distinct().OrderByDescending(row => row.Opened).Take(count).Select(row => Find(lease, row.CaseId)).OfType<ProcedureCase>()];

        List<(ulong Opened, string CaseId)> Newest(string column, string value) => value.Length == 0 ? [] : lease.Query(
            $"SELECT opened_index, case_id FROM procedure_case WHERE {column} = $1 AND {column} <> '' AND case_id <> $2 ORDER BY opened_index DESC LIMIT $3",
            row => (row.UInt64(0), row.GetString(1)), value, subject.CaseId, count);
    }

    public IReadOnlyList<(long Due, long UpdatedMicros, ProcedureCase Case)> Work(WorkFilter filter, (long Due, string CaseId) after, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"""
            SELECT shown.next_due, shown.updated_at, shown.body
            FROM (SELECT c.case_id FROM {WorkSql.From(filter)} AND (c.next_due, c.case_id) > ($5, $6) ORDER BY c.next_due, c.case_id LIMIT $7) page
            JOIN procedure_case shown ON shown.case_id = page.case_id ORDER BY shown.next_due, shown.case_id
            """, row => (row.GetInt64(0), row.GetInt64(1), ProcedureCase.Parser.ParseFrom(row.GetFieldValue<byte[]>(2))),
            filter.OfficerId, filter.UnitId, filter.Domain, filter.NowMicros, after.Due, after.CaseId, count);
    }

    public ulong CountWork(WorkFilter filter)
    {
        using SqliteReadLease lease = file.Rent();
        return (ulong)lease.Number($"SELECT count(*) FROM {WorkSql.From(filter)}", filter.OfficerId, filter.UnitId, filter.Domain, filter.NowMicros);
    }

    private static ProcedureCase? Find(SqliteReadLease lease, string caseId) =>
        lease.QueryOne("SELECT body FROM procedure_case WHERE case_id = $1", row => ProcedureCase.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)), caseId);

    private static PartyDecision? ToDecision(SqliteDataReader row) =>
        CivilDay.TryParse(row.GetString(2), out DateOnly from) && CivilDay.TryParse(row.GetString(3), out DateOnly through)
            ? new PartyDecision(row.GetString(0), row.GetString(1), from, through, row.Flag(4), row.UInt64(5)) : null;
}
