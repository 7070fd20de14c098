namespace EdgeEnforcement.OperatorConsole.Desk.Feed;

/// <summary>What the console knows of the service right now. Since: when this connection state began.</summary>
public sealed record FeedState(FeedLink Link, ulong ProjectedSize, ulong DurableSize, DateTimeOffset Since)
{
    /// <summary>Differences that stand between what the ledger promises and what lies at the centre.</summary>
    public uint Findings { get; init; }

    public string FirstFinding { get; init; } = "";
}
