using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.EdgeAgent.Hosting;

internal sealed class AgentOptions
{
    public const string Section = "Agent";

    /// The name under which this station numbers and signs its records; registered with the service once, kept for ever.
    [Required, RegularExpression("^[A-Za-z0-9._-]{1,64}$")]
    public string Producer { get; set; } = "";

    [StringLength(128)]
    public string DisplayName { get; set; } = "";

    /// Spool, receipts, station copies and keys live below this directory.
    [Required]
    public string DataDirectory { get; set; } = "";

    /// A directory on tmpfs or a container's overlay is refused unless whoever runs the agent says that it outlives a restart.
    public bool DeclaredPersistent { get; set; }

    /// 64 MiB, as the ledger's. The unit in which proved P1 and P2 records are deleted.
    [Range(256, 1 << 30)]
    public long SpoolSegmentBytes { get; set; } = 64L << 20;
}
