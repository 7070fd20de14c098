namespace EdgeEnforcement.SegmentLog.Space;

/// <summary>
/// One look at a store: bytes that are its own, bytes that its volume still gives. The limit is the smaller of the quota and what the
/// volume offers (used + free), so a neighbour that fills the volume counts as much as the store itself.
/// </summary>
/// <param name="UsedBytes">The store's own bytes.</param>
/// <param name="FreeBytes">What the volume still gives.</param>
/// <param name="QuotaBytes">0: none.</param>
/// <param name="ReserveBytes">Free bytes of the volume at which the last mark (98 %) is reached whatever the store's share; 0: none.</param>
public readonly record struct SpaceReading(long UsedBytes, long FreeBytes, long QuotaBytes, long ReserveBytes)
{
    private const double PercentOfReserve = 2;

    public long LimitBytes
    {
        get
        {
            var offered = FreeBytes > long.MaxValue - UsedBytes ? long.MaxValue : UsedBytes + FreeBytes;
            return QuotaBytes > 0 ? Math.Min(QuotaBytes, offered) : offered;
        }
    }

    /// <summary>What may still be written.</summary>
    public long RoomBytes => Math.Max(0, Math.Min(FreeBytes, LimitBytes - UsedBytes));

    /// <summary>
    /// A small store on a full volume has a small share and still no room: free bytes are therefore measured against the reserve as well,
    /// on the same scale (the reserve is what is left at 98 %, five times the reserve is 90 %).
    /// </summary>
    public double Percent
    {
        get
        {
            var share = LimitBytes == 0 ? 100 : 100.0 * UsedBytes / LimitBytes;
            var scarcity = ReserveBytes > 0 ? 100 - (PercentOfReserve * FreeBytes / ReserveBytes) : 0;
            return Math.Min(100, Math.Max(share, scarcity));
        }
    }

    /// <summary>As it would be with so many bytes more.</summary>
    public SpaceReading With(long moreBytes) =>
        this with { UsedBytes = UsedBytes + moreBytes, FreeBytes = Math.Max(0, FreeBytes - moreBytes) };
}
