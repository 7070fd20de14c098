using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Rows as they are scanned; parameters: station, kind, from (inclusive), to (exclusive).</summary>
internal static class RowScan
{
    public static string OfReadings(string table) => $"""
        SELECT observed, entry, ordinal, period, marks, content FROM {table}
        WHERE station = ?1 AND kind = ?2 AND observed >= ?3 AND observed < ?4 ORDER BY observed, entry, ordinal
        """;

    public static string OfRollUps(string table) => $"""
        SELECT bucket, content FROM {table} WHERE station = ?1 AND kind = ?2 AND bucket >= ?3 AND bucket < ?4 ORDER BY bucket
        """;

    public static string Upsert(string table) => $"INSERT OR REPLACE INTO {table} VALUES (?,?,?,?)";

    public static BulkStatement Begin(BulkStatement scan, long station, long kind, long from, long to) =>
        scan.Bind(1, station).Bind(2, kind).Bind(3, from).Bind(4, to);

    public static void Write(BulkStatement upsert, Track track, long bucket, ReadOnlySpan<byte> content) =>
        upsert.Bind(1, track.Station).Bind(2, (long)track.Kind).Bind(3, bucket).Bind(4, content).Run();

    /// <summary>The row's own columns; its readings are in the content.</summary>
    public static ReadingRow Head(BulkStatement scan, out PackSpan content)
    {
        content = new PackSpan(scan.Blob(5));
        return new ReadingRow
        {
            Observed = scan.Int64(0), Entry = scan.Int64(1), Ordinal = (int)scan.Int64(2), PeriodSeconds = (int)scan.Int64(3), Marks = (ReadingMarks)scan.Int64(4),
        };
    }
}
