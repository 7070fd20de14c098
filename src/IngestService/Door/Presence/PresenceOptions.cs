using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Door.Presence;

internal sealed class PresenceOptions
{
    public const string Section = "Door:Presence";

    /// <summary>From suspect to offline, and from back to forgotten. Longer than a modem's restart and a change of cell.</summary>
    [Range(5, 3_600)]
    public int GraceSeconds { get; set; } = 60;

    /// <summary>
    /// Devices lost within it went together. A dead uplink is found device by device over one keep-alive (at most 60 s by our own word,
    /// more on 3.1.1).
    /// </summary>
    [Range(10, 7_200)]
    public int WindowSeconds { get; set; } = 300;

    /// <summary>So many of one gateway ...</summary>
    [Range(2, 100_000)]
    public int GatewayMinimum { get; set; } = 3;

    /// <summary>... and this share of it: the gateway is down.</summary>
    [Range(1, 100)]
    public int GatewayPercent { get; set; } = 50;

    /// <summary>So many of several gateways ...</summary>
    [Range(2, 100_000)]
    public int NetworkMinimum { get; set; } = 10;

    /// <summary>... and this share of all: the network is down.</summary>
    [Range(1, 100)]
    public int NetworkPercent { get; set; } = 50;

    /// <summary>Short absences of one device that are written within <see cref="BudgetSeconds"/>; the others are counted in its next change.</summary>
    [Range(0, 1_000)]
    public int SuspectBudget { get; set; } = 4;

    [Range(60, 86_400)]
    public int BudgetSeconds { get; set; } = 600;

    /// <summary>Further ones are not followed, and counted. Five times the clients the door is measured with.</summary>
    [Range(1, 1_000_000)]
    public int MaximumDevices { get; set; } = 100_000;

    internal long GraceMs => GraceSeconds * 1000L;

    internal long WindowMs => WindowSeconds * 1000L;
}
