using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

internal sealed class RemoteConfigurationOptions
{
    public const string Section = "RemoteConfiguration";

    /// False: this station runs with its local file, and with the version it has, and asks for no other.
    public bool Accept { get; set; } = true;

    /// How often the centre is asked for a newer version: a thousand stations ask some thirty times a second.
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// How long a version may run before the centre has answered a report of this run. Longer than the longest back-off (Uplink:BackoffMaximum),
    /// so that a short outage is not taken for the version's fault.
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Probation { get; set; } = TimeSpan.FromMinutes(10);
}
