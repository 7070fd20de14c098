using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

internal sealed class FactorOptions
{
    /// As the station sends it, or as 2017 calls it.
    [Required, StringLength(16)]
    public string Code { get; set; } = "";

    [StringLength(64)]
    public string Name { get; set; } = "";

    /// What the station really sends; empty: the standard's table.
    [StringLength(16)]
    public string Unit { get; set; } = "";
}
