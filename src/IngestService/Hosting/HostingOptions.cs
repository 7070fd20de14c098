using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Hosting;

internal sealed class HostingOptions
{
    public const string Section = "Hosting";

    /// <summary>Everything the service keeps lies below it.</summary>
    [Required(ErrorMessage = "A data directory must be given: --data DIR.")]
    public string DataDirectory { get; set; } = "";
}
