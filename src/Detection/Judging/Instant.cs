using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Detection.Judging;

/// A time of a record may be anything two integers can hold. What no calendar of a lifetime knows is no time: nothing is judged by it.
internal static class Instant
{
    // 1900-01-01 and 2200-01-01. Beyond years 1 and 9999 arithmetic on instants throws; nobody measured anything near them.
    private const long Earliest = -2_208_988_800;
    private const long Latest = 7_258_118_400;

    public static bool IsKnown(Timestamp? at) => at is { Seconds: >= Earliest and < Latest, Nanos: >= 0 and < 1_000_000_000 };

    /// Absent times are the record's own; a time that is there is one.
    public static bool AreSound(Contracts.V1.Reading reading) =>
        (reading.ObservedAt is null || IsKnown(reading.ObservedAt)) && (reading.PeriodEnd is null || IsKnown(reading.PeriodEnd));
}
