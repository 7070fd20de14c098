using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>Applied to the raw bytes, before anything is read of them.</summary>
internal sealed class SizeWithinLimitRule(int maxBytes)
{
    public RefusalDetail? Check(int bytes) =>
        bytes <= maxBytes ? null : new RefusalDetail(RefusalCode.TooLarge, $"{bytes} bytes, at most {maxBytes}");
}
