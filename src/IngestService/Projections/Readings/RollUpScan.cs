using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Columns of a roll-up as they are written and scanned; a scan's parameters: series, from (inclusive), to (exclusive).</summary>
internal static class RollUpScan
{
    private const int FirstFlag = 6;

    public static string Sql(string table) => $"""
        SELECT bucket, normal, sum, minimum, maximum,
            flag_none, flag_f, flag_m, flag_s, flag_d, flag_c, flag_t, flag_b, flag_other, late, recalled, other_minimum, other_maximum
        FROM {table} WHERE series = ?1 AND bucket >= ?2 AND bucket < ?3 ORDER BY bucket
        """;

    public static string Upsert(string table) => $"INSERT OR REPLACE INTO {table} VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    public static BulkStatement Bind(BulkStatement upsert, long series, in RollUpRow row)
    {
        upsert.Bind(1, series).Bind(2, row.Bucket).Bind(3, row.Normal).Bind(4, row.Sum).Bind(5, row.Minimum).Bind(6, row.Maximum);
        for (int place = 0; place < ReadingFlag.Count; place++)
            upsert.Bind(FirstFlag + 1 + place, row.Flags[place]);
        return upsert.Bind(16, row.Late).Bind(17, row.Recalled).Bind(18, row.OtherMinimum).Bind(19, row.OtherMaximum);
    }

    public static RollUpRow Row(BulkStatement scan)
    {
        RollUpRow row = new()
        {
            Bucket = scan.Int64(0),
            Normal = scan.Int64(1),
            Sum = scan.Double(2),
            Minimum = scan.Double(3),
            Maximum = scan.Double(4),
            Late = scan.Int64(14),
            Recalled = scan.Int64(15),
            OtherMinimum = scan.Double(16),
            OtherMaximum = scan.Double(17),
        };
        for (int place = 0; place < ReadingFlag.Count; place++)
            row.Flags[place] = scan.Int64(FirstFlag - 1 + place);
        return row;
    }
}
