namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>Devices whose links fail together.</summary>
internal sealed class PresenceGateway(string name)
{
    public string Name { get; } = name;

    public PresenceTally Tally { get; } = new();

    /// <summary>Devices that came through it last.</summary>
    public int DeviceCount { get; set; }

    /// <summary>The newest open one of this gateway.</summary>
    public Episode? Episode { get; set; }
}
