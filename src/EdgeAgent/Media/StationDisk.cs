using EdgeEnforcement.EdgeAgent.Hosting;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Media;

/// How full the volume with the station's data is. The quota system by class comes later; this is its one mark for footage.
internal sealed class StationDisk(AgentPaths paths, IOptions<AgentOptions> options)
{
    private readonly double _watermark = options.Value.FootageWatermarkPercent;

    public double UsedPercent()
    {
        var drive = new DriveInfo(paths.Root);
        return drive.TotalSize == 0 ? 0 : 100.0 * (drive.TotalSize - drive.AvailableFreeSpace) / drive.TotalSize;
    }

    /// Null when a file of this size may be taken, else what to say at the bay.
    public string? WhyNoFootage(long sizeBytes)
    {
        var drive = new DriveInfo(paths.Root);
        var used = 100.0 * (drive.TotalSize - drive.AvailableFreeSpace + sizeBytes) / Math.Max(1, drive.TotalSize);
        return used > _watermark ? FormattableString.Invariant($"station disk would be {used:F0} % full: footage stays on the recorder") : null;
    }
}
