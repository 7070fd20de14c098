using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

internal sealed class BayOptions
{
    [Range(1, 10_000)]
    public int Number { get; set; }

    /// The folder where this bay's recorder appears; empty or missing means: no recorder.
    [Required]
    public string Path { get; set; } = "";

    /// Case number for everything docked here; normally typed at the dock, not configured.
    [StringLength(128)]
    public string CaseNumber { get; set; } = "";
}
