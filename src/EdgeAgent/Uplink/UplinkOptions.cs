using System.ComponentModel.DataAnnotations;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;

namespace EdgeEnforcement.EdgeAgent.Uplink;

internal sealed class UplinkOptions
{
    public const string Section = "Uplink";

    [Required, Url]
    public string Address { get; set; } = "";

    /// How records travel: "grpc", "mqtt", or "grpc-then-mqtt": by gRPC, and by MQTT while that does not work. Registration, proofs and media
    /// always go by gRPC.
    [RegularExpression("^(grpc|mqtt|grpc-then-mqtt)$")]
    public string Transport { get; set; } = "grpc";

    /// On the second way: how long until the first is tried again.
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    [SetRemotely]
    public TimeSpan ReturnAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// 1 s to 120 s with full jitter: a whole city's stations must not come back in the same second.
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    [SetRemotely]
    public TimeSpan BackoffMinimum { get; set; } = TimeSpan.FromSeconds(1);

    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    [SetRemotely]
    public TimeSpan BackoffMaximum { get; set; } = TimeSpan.FromSeconds(120);

    /// A call of one question and one answer that takes longer has failed.
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    [SetRemotely]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// Pause between two rounds of fetching proofs; the service makes a checkpoint every second.
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    [SetRemotely]
    public TimeSpan ProofInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// How often the spool's oldest segments are looked at; a segment of 64 MiB takes hours to fill.
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    [SetRemotely]
    public TimeSpan CleaningInterval { get; set; } = TimeSpan.FromMinutes(1);
}
