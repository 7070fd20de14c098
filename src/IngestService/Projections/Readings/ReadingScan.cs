using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Columns of a reading as they are scanned; parameters: series, from (inclusive), to (exclusive).</summary>
internal static class ReadingScan
{
    public static string Sql(string table) => $"""
        SELECT observed, entry, ordinal, value, quality, marks, period, minimum, maximum, total, converted, converted_minimum, converted_maximum
        FROM {table} WHERE series = ?1 AND observed >= ?2 AND observed < ?3 ORDER BY observed, entry, ordinal
        """;

    public static ReadingRow Row(BulkStatement scan) => new()
    {
        Observed = scan.Int64(0),
        Entry = scan.Int64(1),
        Ordinal = (int)scan.Int64(2),
        Value = scan.Double(3),
        Quality = (int)scan.Int64(4),
        Marks = (ReadingMarks)scan.Int64(5),
        PeriodSeconds = (int)scan.Int64(6),
        Minimum = scan.Double(7),
        Maximum = scan.Double(8),
        Total = scan.Double(9),
        Converted = scan.Double(10),
        ConvertedMinimum = scan.Double(11),
        ConvertedMaximum = scan.Double(12),
    };
}
