using System.ComponentModel.DataAnnotations;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;

namespace EdgeEnforcement.EdgeAgent.Space;

internal sealed class SpaceOptions
{
    public const string Section = "Space";

    /// All the station's data directory may hold: spool, receipts, copies. 0: whatever the volume gives.
    [Range(0, 1L << 50)]
    [SetRemotely]
    public long QuotaBytes { get; set; }

    /// Free bytes of the volume at which only P0 is taken, whatever the share: room for the receipts of a segment of 64 MiB, for its
    /// copy at the next start, and for a shift's alerts and manifests.
    [Range(0, 1L << 40)]
    [SetRemotely]
    public long ReserveBytes { get; set; } = 256L << 20;

    /// Between two looks a bay copies some hundred megabytes; each file is measured by itself before it is taken.
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    [SetRemotely]
    public TimeSpan MeasureInterval { get; set; } = TimeSpan.FromSeconds(2);
}
