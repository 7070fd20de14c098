namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// The reading of a series that was observed last, whenever it came: late data are older than what is held and change nothing; where they are
/// the newest there is (a station whose clock is slow) they are shown, marked. Times more than a day in the future are excluded.
/// </summary>
internal sealed record LatestReading(ReadingRow Row, uint Epoch, ulong Sequence, long? Agent, long Ingest)
{
    /// <summary>Sequence only breaks ties.</summary>
    public static bool IsNewer(in ReadingRow row, uint epoch, ulong sequence, LatestReading? held) =>
        held is null || (row.Observed, epoch, sequence, row.Ordinal).CompareTo((held.Row.Observed, held.Epoch, held.Sequence, held.Row.Ordinal)) >= 0;
}
