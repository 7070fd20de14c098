using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Media;

internal sealed class MediaOptions
{
    public const string Section = "Media";

    /// <summary>Holds incoming/, objects/ and quarantine/: one file system, because the last step of an upload is a rename.
    /// By default "media" in the data directory.</summary>
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>
    /// Below this much free space no upload begins or goes on. Two of the largest ledger segments, tiles and the projections'
    /// write-ahead files must still fit, with room for an operator to act.
    /// </summary>
    [Range(0, 1L << 44)]
    public long ReserveBytes { get; set; } = 2L << 30;

    /// <summary>Chunks a sender may have unanswered: 32 MiB covers 1 Gbit/s at a round trip of 250 ms.</summary>
    [Range(1, 64)]
    public int WindowChunks { get; set; } = 8;

    /// <summary>At most this many chunks share one flush: 16 MiB is where the flush stops being the cost.</summary>
    [Range(1, 64)]
    public int ChunksPerFlush { get; set; } = 4;
}
