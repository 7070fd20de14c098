namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>What decides into which table a reading goes. All of it is compared with the ingest time of the reading's own entry, never with a clock.</summary>
internal static class ReadingLimits
{
    /// <summary>Further in the future than this is no time of a reading: kept apart, out of every mean and every "latest".</summary>
    public const long FutureMs = CivilCalendar.DayMs;

    /// <summary>Three years: the longest period in which an administrative penalty is usually still possible is two (Administrative Penalty Law art. 36), and one for review.</summary>
    public const int DefaultRawMonths = 36;

    /// <summary>Factors times kinds times units. A station has some tens; one that sends names without end must not fill the centre's memory.</summary>
    public const int SeriesPerStation = 4096;

    /// <summary>Characters of a device's own words in the timeline; the ledger has them all.</summary>
    public const int TextLength = 300;
}
