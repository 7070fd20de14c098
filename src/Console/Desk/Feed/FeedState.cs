namespace EdgeEnforcement.OperatorConsole.Desk.Feed;

/// <summary>What the console knows of the service right now. Since: when this connection state began.</summary>
public sealed record FeedState(FeedLink Link, ulong ProjectedSize, ulong DurableSize, DateTimeOffset Since);
