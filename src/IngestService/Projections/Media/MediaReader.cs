using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Media;

internal sealed class MediaReader(SqliteFile file) : IMediaQueries
{
    // The newest label by ledger order holds; one of kind "case" gives the case number in place of the typed one.
    private const string Columns = """
        SELECT m.manifest_index, m.recorder, m.producer, m.officer,
            CASE WHEN l.label_kind = 'case' THEN l.number ELSE m.case_number END,
            m.original_path, m.kind, m.size_bytes, m.duration, m.capture_start, m.ingested, m.state, m.sha256, m.important,
            m.clock_implausible, m.released_before_anchor, m.container, m.codec,
            (SELECT group_concat(a.case_id, char(10)) FROM attachment a WHERE a.manifest_index = m.manifest_index)
        FROM manifest m LEFT JOIN label l ON l.entry_index =
            (SELECT max(entry_index) FROM label WHERE manifest_sha256 = m.payload_sha256)
        """;

    public ulong Count()
    {
        using SqliteReadLease lease = file.Rent();
        return (ulong)lease.Number("SELECT count(*) FROM manifest");
    }

    public IReadOnlyList<MediaRow> List(ulong before, int count, bool unattachedOnly)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"""
            {Columns}
            WHERE m.manifest_index < $1
                AND ($3 = 0 OR NOT EXISTS (SELECT 1 FROM attachment a WHERE a.manifest_index = m.manifest_index))
            ORDER BY m.manifest_index DESC LIMIT $2
            """, ToRow, before, count, unattachedOnly);
    }

    public IReadOnlyDictionary<ulong, MediaRow> Rows(IReadOnlyCollection<ulong> manifestIndexes)
    {
        using SqliteReadLease lease = file.Rent();
        Dictionary<ulong, MediaRow> rows = [];
        foreach (ulong index in manifestIndexes)
        {
            if (lease.QueryOne($"{Columns} WHERE m.manifest_index = $1", ToRow, index) is { } row)
                rows[index] = row;
        }

        return rows;
    }

    public IReadOnlyList<ulong> WithContent(ReadOnlyMemory<byte> sha256)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query("SELECT manifest_index FROM manifest WHERE sha256 = $1 ORDER BY manifest_index", row => row.UInt64(0), sha256);
    }

    public MediaDetail? Find(ulong manifestIndex)
    {
        using SqliteReadLease lease = file.Rent();
        MediaRow? row = lease.QueryOne($"{Columns} WHERE m.manifest_index = $1", ToRow, manifestIndex);
        if (row is null)
            return null;

        MediaDetail detail = lease.QueryOne(
            "SELECT stored_index, previous_sha256, quarantine_reason FROM manifest WHERE manifest_index = $1",
            r => new MediaDetail
            {
                StoredIndex = r.UInt64(0), PreviousManifestSha256 = r.Bytes(1), QuarantineReason = r.Text(2),
            },
            manifestIndex) ?? new MediaDetail();
        detail.Row = row;
        detail.ChainIntact = ChainIntact(lease, manifestIndex);
        detail.Custody.AddRange(Custody(lease, manifestIndex, row.OriginalPath));
        return detail;
    }

    // Intact: the predecessor named is held for the same recorder and dock, and nobody else names it. A manifest that names
    // none must be the first of its chain. A predecessor that was lawfully deleted is missing for a reason that stands in the ledger. Order in the ledger does not count: two lanes may bring a chain out of order.
    private static bool ChainIntact(SqliteReadLease lease, ulong manifestIndex) => lease.Number("""
        SELECT CASE
            WHEN length(m.previous_sha256) = 0 THEN NOT EXISTS (
                SELECT 1 FROM manifest o WHERE o.previous_sha256 = m.previous_sha256 AND o.recorder = m.recorder
                    AND o.dock = m.dock AND o.manifest_index < m.manifest_index)
            ELSE (EXISTS (SELECT 1 FROM explained x WHERE x.manifest_index = m.manifest_index) OR EXISTS (
                SELECT 1 FROM manifest p WHERE p.payload_sha256 = m.previous_sha256 AND p.recorder = m.recorder AND p.dock = m.dock))
                AND NOT EXISTS (
                SELECT 1 FROM manifest o WHERE o.previous_sha256 = m.previous_sha256 AND o.recorder = m.recorder
                    AND o.dock = m.dock AND o.manifest_index <> m.manifest_index)
            END
        FROM manifest m WHERE m.manifest_index = $1
        """, manifestIndex) != 0;

    private static IEnumerable<CustodyRow> Custody(SqliteReadLease lease, ulong manifestIndex, string path) => lease.Query("""
        SELECT c.entry_index, c.at, c.kind, c.text, c.paths, c.manifest_sha256 IS NOT NULL
        FROM custody c JOIN manifest m ON m.manifest_index = $1
        WHERE c.manifest_sha256 = m.payload_sha256 OR (c.manifest_sha256 IS NULL AND c.docking = m.docking)
        ORDER BY c.entry_index
        """,
        row => (Paths: row.GetString(4), OwnEvent: row.Flag(5), Row: new CustodyRow
        {
            EntryIndex = row.UInt64(0), At = row.Time(1), Kind = (CustodyEventKind)row.GetInt32(2), Text = row.GetString(3),
        }), manifestIndex)
        .Where(item => item.OwnEvent || item.Paths.Length == 0 || item.Paths.Split('\n').Contains(path))
        .Select(item => item.Row);

    private static MediaRow ToRow(SqliteDataReader row)
    {
        MediaRow media = new()
        {
            ManifestIndex = row.UInt64(0),
            Recorder = row.GetString(1),
            Producer = row.GetString(2),
            Officer = row.GetString(3),
            CaseNumber = row.GetString(4),
            OriginalPath = row.GetString(5),
            Kind = (MediaKind)row.GetInt32(6),
            SizeBytes = row.UInt64(7),
            Duration = row.Micros(8) is { } duration ? SqliteColumns.ToDuration(duration) : null,
            CaptureStart = row.Time(9),
            IngestedAt = row.Time(10),
            State = (MediaState)row.GetInt32(11),
            Sha256 = row.Bytes(12),
            Important = row.Flag(13),
            ClockImplausible = row.Flag(14),
            ReleasedBeforeAnchor = row.Flag(15),
            Container = row.GetString(16),
            Codec = row.GetString(17),
        };
        if (row.Text(18) is { Length: > 0 } cases)
            media.CaseIds.AddRange(cases.Split('\n').Order(StringComparer.Ordinal));
        return media;
    }
}
