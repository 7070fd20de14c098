namespace EdgeEnforcement.Detection;

/// <summary>Budgets of new alerts, and from when on alerts fold under one parent.</summary>
public sealed record StormLimits
{
    /// <summary>New alerts of one device and kind of rule per minute (ingest lesson 6).</summary>
    public int PerDeviceAndKind { get; init; } = 6;

    /// <summary>New alerts of one gateway per minute (ingest lesson 6).</summary>
    public int PerGateway { get; init; } = 60;

    /// <summary>Percent of a gateway's stations that are silent, at least two: it is the gateway.</summary>
    public int DeadGatewayPercent { get; init; } = 80;

    /// <summary>How long a silent station waits for others of its gateway before it is reported by itself.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Hydrological alerts of one basin open at a time from which on they fold (rain mode).</summary>
    public int RainFrom { get; init; } = 3;
}
