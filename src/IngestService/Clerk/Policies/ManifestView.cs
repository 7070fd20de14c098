namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>What attaching needs of a manifest. The span is on the agent's clock: the recorder's minus its measured offset.</summary>
internal sealed record ManifestView(ulong Index, string NumberKey, string Officer)
{
    /// <summary>Null when the recorder gave no usable capture time.</summary>
    public TimeSpanMicros? Capture { get; init; }

    public bool ClockImplausible { get; init; }

    public (double Latitude, double Longitude)? Place { get; init; }
}
