namespace EdgeEnforcement.SegmentLog.Space;

/// <summary>
/// The watermarks, the same at the station and at the centre. A state begins at its mark and ends <see cref="MarginPercent"/> below it,
/// so that a store at a mark does not change its mind with every file; shedding and refusing therefore end below 85 %. Pure.
/// </summary>
public static class SpacePolicy
{
    public const double MarginPercent = 5;

    private static readonly SpaceState[] Falling =
        [SpaceState.ReserveOnly, SpaceState.HoldMedia, SpaceState.Shed, SpaceState.Warn];

    public static double MarkOf(SpaceState state) => state switch
    {
        SpaceState.Normal => 0,
        SpaceState.Warn => 80,
        SpaceState.Shed => 90,
        SpaceState.HoldMedia => 95,
        SpaceState.ReserveOnly => 98,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };

    public static SpaceState Next(SpaceState now, double percent)
    {
        foreach (var state in Falling)
            if (percent >= MarkOf(state) - (state <= now ? MarginPercent : 0))
                return state;
        return SpaceState.Normal;
    }
}
