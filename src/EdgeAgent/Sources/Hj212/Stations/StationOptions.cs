using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// One station (现场机) that may connect. What a frame does not say, its unit before all, is said here.
internal sealed class StationOptions
{
    /// 24 characters 0-9 A-F by the standard; shorter and free ones are in the field.
    [Required, RegularExpression("^[A-Za-z0-9._-]{1,64}$")]
    public string Mn { get; set; } = "";

    [StringLength(128)]
    public string Name { get; set; } = "";

    /// System code: 32 waste-water outlet, 31 exhaust, 22 air quality ...
    [RegularExpression("^[A-Z0-9]{2}$")]
    public string St { get; set; } = "32";

    /// Empty: the frame's PW is not looked at. It is sent in clear: it tells a mistake, not an impostor.
    [StringLength(6)]
    public string Password { get; set; } = "";

    [StringLength(256)]
    public string Place { get; set; } = "";

    [Range(-90.0, 90.0)]
    public double? Latitude { get; set; }

    [Range(-180.0, 180.0)]
    public double? Longitude { get; set; }

    /// Gateway the station hangs on, for who groups outages; empty: none.
    [StringLength(64)]
    public string Gateway { get; set; } = "";

    /// Period of its minute data (CN 2051): what 2017 allows for CN 1064.
    [AllowedValues(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)]
    public int MinuteInterval { get; set; } = 10;

    /// Seconds between real-time values (CN 1062), set at first connection; 0 leaves what the station has.
    [Range(0, 3600)]
    public int RealTimeInterval { get; set; }

    /// It has a sampler: when a limit is exceeded it is asked to keep a sample (CN 3015).
    public bool KeepsSamples { get; set; }

    [ValidateEnumeratedItems, MaxLength(256)]
    public IList<FactorOptions> Factors { get; set; } = [];
}
