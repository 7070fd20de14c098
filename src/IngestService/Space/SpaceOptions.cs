using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Space;

internal sealed class SpaceOptions
{
    public const string Section = "Space";

    /// <summary>All the data directory may hold; 0: whatever the volume gives. A quota below the volume leaves others their share.</summary>
    [Range(0, 1L << 50)]
    public long QuotaBytes { get; set; }

    /// <summary>The same for the media directory when it lies outside the data directory.</summary>
    [Range(0, 1L << 50)]
    public long MediaQuotaBytes { get; set; }

    /// <summary>Free bytes at which the last mark is reached whatever the share: alerts and acts of an hour, and the copy of a segment.</summary>
    [Range(0, 1L << 40)]
    public long ReserveBytes { get; set; } = 256L << 20;

    /// <summary>
    /// Below this much free space no producer's record is taken at all, P0 too: it stays where it is safe, in the sender's spool. What is
    /// left belongs to the facts of the service, and to the copy of one segment without which it could not start again.
    /// </summary>
    [Range(0, 1L << 40)]
    public long FloorBytes { get; set; } = 96L << 20;

    /// <summary>Between two looks 100 MB/s fill a tenth of the reserve.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan MeasureInterval { get; set; } = TimeSpan.FromMilliseconds(250);
}
