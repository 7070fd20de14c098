namespace EdgeEnforcement.EdgeAgent.Media.Catalog;

/// Bounds on what a name or a container says about time. Outside them it is no clock that is wrong but no time at all, and arithmetic on
/// it leaves the calendar; a wrong clock (1970, 2099) is inside, is kept and is marked.
internal static class PlausibleTime
{
    private const int FirstYear = 1904; // the epoch of ISO/IEC 14496-12
    private const int LastYear = 9000;
    private static readonly TimeSpan LongestRecording = TimeSpan.FromDays(366);

    public static DateTimeOffset? OrNone(DateTimeOffset? time) => time is { Year: >= FirstYear and <= LastYear } ? time : null;

    public static TimeSpan? OrNone(TimeSpan? length) => length is { } there && there >= TimeSpan.Zero && there <= LongestRecording ? length : null;
}
