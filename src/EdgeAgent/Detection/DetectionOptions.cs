using System.ComponentModel.DataAnnotations;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;

namespace EdgeEnforcement.EdgeAgent.Detection;

internal sealed class DetectionOptions
{
    public const string Section = "Detection";

    /// The rule set (docs/formats/rule-set.md). Empty: this agent decides nothing.
    public string RuleFile { get; set; } = "";

    /// How often silence and roll-ups are looked at; rules count in minutes.
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    [SetRemotely]
    public TimeSpan TickInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// How often the rule file is looked at.
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    [SetRemotely]
    public TimeSpan RuleFileInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// While nothing is decided the state is saved this often: what a start judges again at most.
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    [SetRemotely]
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromSeconds(10);
}
