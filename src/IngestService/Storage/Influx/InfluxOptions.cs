using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Storage.Influx;

internal sealed class InfluxOptions
{
    public const string Section = "Readings:Influx";

    /// <summary>"http://127.0.0.1:8086"; empty: there is none.</summary>
    public string Url { get; set; } = "";

    public InfluxVersion Version { get; set; } = InfluxVersion.V1;

    /// <summary>The database of 1.x and 3.x, the bucket of 2.x. It is there already: the service makes none.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public string Database { get; set; } = "edgeenforcement";

    /// <summary>2.x only.</summary>
    [StringLength(200)]
    public string Organization { get; set; } = "";

    /// <summary>1.x with authentication; the password is the token file's content.</summary>
    [StringLength(200)]
    public string User { get; set; } = "";

    /// <summary>A file with the token or password alone: never on a command line, where every process of the machine reads it.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>Points in one request. Measured against 1.6: 100 points give 150,000/s, 5,000 give 395,000/s.</summary>
    [Range(1, 50_000)]
    public int BatchPoints { get; set; } = 5_000;

    /// <summary>A request that takes longer is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after a failure; doubled up to <see cref="LongestPause"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(500);

    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of refused lines kept on disk; what is refused beyond is counted and named in the log. The evidence is in the ledger.</summary>
    [Range(1 << 10, 1L << 34)]
    public long QuarantineBytes { get; set; } = 64L << 20;
}
