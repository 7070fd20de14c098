using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Hosting;

internal sealed class HostingOptions
{
    public const string Section = "Hosting";

    /// <summary>Everything the service keeps lies below it.</summary>
    [Required(ErrorMessage = "A data directory must be given: --data DIR.")]
    public string DataDirectory { get; set; } = "";

    /// <summary>h2c on loopback. 0 takes a free port. 7501: no assignment of IANA's collides.</summary>
    [Range(0, 65_535)]
    public int GrpcPort { get; set; } = 7501;

    /// <summary>HTTP/1.1 on loopback.</summary>
    [Range(0, 65_535)]
    public int HttpPort { get; set; } = 7502;
}
