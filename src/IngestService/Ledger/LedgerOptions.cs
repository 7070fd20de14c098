using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Ledger;

internal sealed class LedgerOptions
{
    public const string Section = "Ledger";

    public const string DefaultOrigin = "edgeenforcement.local/shard-1";

    public const string OriginPattern = "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)+$";

    /// <summary>
    /// Authority and shard; also the name of the checkpoint key. For a ledger that is begun: after that the data directory says itself
    /// under which origin it signs, the default gives way to it, and anything else configured must be the same.
    /// </summary>
    [Required]
    [RegularExpression(OriginPattern, ErrorMessage = "Ledger:Origin is <authority>/<shard>, without spaces or '+'.")]
    [MaxLength(200)]
    public string Origin { get; set; } = DefaultOrigin;

    /// <summary>64 MiB: few files in ten million entries, and a tail that is scanned in well under a second.</summary>
    [Range(4096, 1 << 30)]
    public long SegmentBytes { get; set; } = 64 << 20;

    /// <summary>Appends that may wait; two full groups, so that the next gathers while one is flushed.</summary>
    [Range(1, 1 << 20)]
    public int QueueCapacity { get; set; } = 2 * 16_384;

    /// <summary>A receipt becomes provable within a second.</summary>
    [Range(10, 1000)]
    public int CheckpointIntervalMilliseconds { get; set; } = 1000;

    /// <summary>For measuring: makes every flush take at least this longer.</summary>
    [Range(0, 1000)]
    public double FlushDelayMilliseconds { get; set; }
}
