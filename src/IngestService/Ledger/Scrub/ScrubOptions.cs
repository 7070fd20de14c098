using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

internal sealed class ScrubOptions
{
    public const string Section = "Scrub";

    /// <summary>Off only where something else reads every byte regularly.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>8 MB/s are 690 GB a day, less than a tenth of one core where records are small, and a tenth of what one spinning disk gives.</summary>
    [Range(0.1, 10_000)]
    public double MegabytesPerSecond { get; set; } = 8;

    /// <summary>From the end of a round to the next one: once a day, as far as the budget lets.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "365.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Pause { get; set; } = TimeSpan.FromDays(1);

    /// <summary>After a start others have more to read.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FirstAfter { get; set; } = TimeSpan.FromMinutes(5);
}
