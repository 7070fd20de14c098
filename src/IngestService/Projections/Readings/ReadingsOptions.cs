using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Projections.Readings;

internal sealed class ReadingsOptions
{
    public const string Section = "Readings";

    /// <summary>Where charts are read from. With Readings:Influx:Url readings go to Influx too, whatever this says.</summary>
    public ReadingsStore Store { get; set; } = ReadingsStore.Sqlite;

    /// <summary>
    /// Whole civil months of single readings kept beside the one that runs; hours and days stay. The evidence is in the ledger whatever this says.
    /// Another value makes the tables anew from the ledger at the next start. A hundred years is the upper bound, not "for ever".
    /// </summary>
    [Range(1, 1200)]
    public int RawMonths { get; set; } = ReadingLimits.DefaultRawMonths;
}
