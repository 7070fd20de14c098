using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

internal sealed class CaseBoardReader(SqliteFile file) : ICaseQueries
{
    // An ordinal of 64 bits, and 号; among the last of a length some may have been typed in other words.
    private const int MostDigits = 20;
    private const int LastOfALength = 20;

    // A page shows this many of the newest; an episode that updates for months would otherwise fill it.
    private const int TimelineItems = 1_000;

    private const string Columns = """
        SELECT c.opened_index, c.case_id, c.number, c.title, c.place, c.opened, c.domain,
            (SELECT count(*) FROM evidence e WHERE e.case_id = c.case_id),
            (SELECT count(*) FROM evidence e JOIN manifest m ON m.manifest_index = e.manifest_index
                WHERE e.case_id = c.case_id AND m.stored = 1),
            ifnull((SELECT version FROM version WHERE stream = 'case/' || c.case_id || '/lifecycle'), 0),
            ifnull((SELECT version FROM version WHERE stream = 'case/' || c.case_id || '/evidence'), 0),
            (SELECT number FROM lead l WHERE l.lead_id = c.lead_id),
            c.officers, c.window_start, c.window_end
        FROM case_file c
        """;

    public IReadOnlyList<(ulong Position, CaseRow Row)> List(ulong before, int count, string text = "")
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"{Columns} WHERE c.opened_index < $1 AND ($3 = '' OR instr(c.number, $3) > 0 OR instr(c.title, $3) > 0) ORDER BY c.opened_index DESC LIMIT $2",
            row => (row.UInt64(0), ToRow(row)), before, count, text);
    }

    public ulong Count()
    {
        using SqliteReadLease lease = file.Rent();
        return (ulong)lease.Number("SELECT count(*) FROM case_file");
    }

    public CaseDetail? Find(string caseId)
    {
        using SqliteReadLease lease = file.Rent();
        CaseDetail? detail = lease.QueryOne($"{Columns} WHERE c.case_id = $1", ToDetail, caseId);
        if (detail is null)
            return null;

        detail.Evidence.AddRange(lease.Query(
            """
            SELECT manifest_index, reason, explanation, attached FROM evidence WHERE case_id = $1 ORDER BY entry_index
            """,
            row => new EvidenceRow
            {
                Media = new MediaRow { ManifestIndex = row.UInt64(0) },
                Reason = (AttachReason)row.GetInt32(1),
                Explanation = row.GetString(2),
                AttachedAt = row.Time(3),
            }, caseId));
        detail.Timeline.AddRange(Timeline(lease, TimelineSubject.Case(caseId)));
        return detail;
    }

    public IReadOnlyList<CaseDetail> NamingOfficer(IReadOnlyCollection<string> numbers, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return [.. numbers.Where(number => number.Length > 0).SelectMany(number => lease.Query(
                $"{Columns} WHERE instr(char(10) || c.officers || char(10), char(10) || $1 || char(10)) > 0 ORDER BY c.opened_index DESC LIMIT $2", ToDetail, number, count))
            .DistinctBy(found => found.Row.CaseId)];
    }

    public string LeadOf(string caseId)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne("SELECT lead_id FROM case_file WHERE case_id = $1", row => row.GetString(0), caseId) ?? "";
    }

    public CaseSnapshot? Snapshot(string caseId)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{Columns} WHERE c.case_id = $1",
            row => new CaseSnapshot(row.GetString(1), row.GetString(2), row.UInt64(9), row.UInt64(10)), caseId);
    }

    public bool IsAttached(string caseId, ulong manifestIndex)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Number("SELECT count(*) FROM evidence WHERE case_id = $1 AND manifest_index = $2", caseId, manifestIndex) > 0;
    }

    public IReadOnlyList<string> LastNumbers(string prefix)
    {
        using SqliteReadLease lease = file.Rent();
        return [.. Enumerable.Range(prefix.Length + 2, MostDigits).SelectMany(length => lease.Query("""
            SELECT number FROM case_file WHERE length(number) = $2 AND number >= $1 AND number < $1 || char(1114111) ORDER BY number DESC LIMIT $3
            """, row => row.GetString(0), prefix, length, LastOfALength))];
    }

    public IReadOnlyList<TimelineItem> Timeline(TimelineSubject subject)
    {
        using SqliteReadLease lease = file.Rent();
        return Timeline(lease, subject);
    }

    private static List<TimelineItem> Timeline(SqliteReadLease lease, TimelineSubject subject)
    {
        List<TimelineItem> items = lease.Query(
            """
            SELECT entry_index, at, kind, text, actor FROM timeline WHERE subject = $1 ORDER BY entry_index DESC LIMIT $2
            """,
            row => new TimelineItem
            {
                EntryIndex = row.UInt64(0),
                At = row.Time(1),
                Kind = row.GetString(2),
                Text = row.GetString(3),
                Actor = row.GetString(4),
            }, subject.Key, TimelineItems);
        items.Reverse();
        return items;
    }

    private static CaseDetail ToDetail(SqliteDataReader row)
    {
        CaseDetail detail = new() { Row = ToRow(row), WindowStart = row.Time(13), WindowEnd = row.Time(14) };
        if (row.GetString(12) is { Length: > 0 } officers)
            detail.Officers.AddRange(officers.Split('\n'));
        return detail;
    }

    private static CaseRow ToRow(SqliteDataReader row) => new()
    {
        CaseId = row.GetString(1),
        Number = row.GetString(2),
        Title = row.GetString(3),
        Place = row.GetString(4),
        OpenedAt = row.Time(5),
        Domain = row.GetString(6),
        EvidenceCount = row.UInt32(7),
        VerifiedCount = row.UInt32(8),
        LifecycleVersion = row.UInt64(9),
        EvidenceVersion = row.UInt64(10),
        LeadNumber = row.Text(11),
    };
}
