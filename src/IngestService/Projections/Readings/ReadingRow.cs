using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

[Flags]
internal enum ReadingMarks
{
    None = 0,
    Late = 1,     // came to the centre too long after the end of its period for its kind (Lateness)
    Recalled = 2, // in answer to a recall
}

/// <summary>
/// One reading as the tables hold it. The key is (series, observed, entry, ordinal): a series is one factor of one device, of one kind in one
/// unit; a recalled reading lies in the series of the kind it was recalled for, marked. Times are milliseconds since 1970 UTC, NaN is no value.
/// </summary>
internal struct ReadingRow
{
    public long Series;
    public long Observed;
    public long Entry;
    public int Ordinal;
    public double Value;
    public int Quality;
    public ReadingMarks Marks;
    public int PeriodSeconds;
    public double Minimum;
    public double Maximum;
    public double Total;
    public double Converted;
    public double ConvertedMinimum;
    public double ConvertedMaximum;

    /// <summary>Without series, ordinal and quality.</summary>
    public static ReadingRow Of(Reading reading, ulong entry, long ingestMs)
    {
        long observed = Milliseconds(SqliteColumns.ToMicros(reading.ObservedAt)) ?? ingestMs;
        long end = Math.Max(observed, Milliseconds(SqliteColumns.ToMicros(reading.PeriodEnd)) ?? observed);
        return new ReadingRow
        {
            Observed = observed,
            Entry = (long)entry,
            Value = Finite(reading.HasValue, reading.Value),
            Marks = (ingestMs - end > (long)Lateness.After(KindOf(reading)).TotalMilliseconds ? ReadingMarks.Late : 0) | (reading.Kind == ReadingKind.Recalled ? ReadingMarks.Recalled : 0),
            PeriodSeconds = (int)Math.Min((end - observed) / 1000, int.MaxValue),
            Minimum = Finite(reading.HasMinimum, reading.Minimum),
            Maximum = Finite(reading.HasMaximum, reading.Maximum),
            Total = Finite(reading.HasTotal, reading.Total),
            Converted = Finite(reading.HasConverted, reading.Converted),
            ConvertedMinimum = Finite(reading.HasConvertedMinimum, reading.ConvertedMinimum),
            ConvertedMaximum = Finite(reading.HasConvertedMaximum, reading.ConvertedMaximum),
        };
    }

    /// <summary>What the reading is a reading of: a recalled hour belongs to the hours.</summary>
    public static ReadingKind KindOf(Reading reading) =>
        reading.Kind == ReadingKind.Recalled && reading.RecalledKind != ReadingKind.Unspecified ? reading.RecalledKind : reading.Kind;

    // What is not finite cannot be averaged, and no instrument means it: kept in the ledger, absent here.
    private static double Finite(bool there, double value) => there && double.IsFinite(value) ? value : double.NaN;

    public static long? Milliseconds(long? micros) => micros is { } value ? Math.DivRem(value, 1000).Quotient : null;
}
