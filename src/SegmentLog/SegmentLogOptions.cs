namespace EdgeEnforcement.SegmentLog;

public sealed class SegmentLogOptions
{
    public const long MinimumSegmentBytes = 256;

    // Offsets inside a segment are 32 bit, and one batch more than the limit may still follow.
    public const long MaximumSegmentBytes = 1L << 30;

    /// <summary>A batch that would pass this length opens the next segment. 64 MiB: the tail that recovery scans and copies stays short.</summary>
    public long SegmentBytes { get; set; } = 64L << 20;

    internal void Check() =>
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            SegmentBytes, Math.Clamp(SegmentBytes, MinimumSegmentBytes, MaximumSegmentBytes), nameof(SegmentBytes));
}
