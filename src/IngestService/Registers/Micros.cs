using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>Timestamps as microseconds since 1970 UTC. What a Timestamp may not hold (years 1 to 9999) is cut.</summary>
internal static class Micros
{
    private const long EarliestSecond = -62_135_596_800;
    private const long LatestSecond = 253_402_300_799;

    public static long? Of(Timestamp? time) => time is null
        ? null
        : Math.Clamp(time.Seconds, EarliestSecond, LatestSecond) * 1_000_000 + Math.Clamp(time.Nanos, 0, 999_999_999) / 1000;

    public static Timestamp ToTimestamp(long micros)
    {
        long seconds = (long)Math.Floor(micros / 1_000_000m);
        return new Timestamp { Seconds = Math.Clamp(seconds, EarliestSecond, LatestSecond), Nanos = (int)(micros - seconds * 1_000_000) * 1000 };
    }

    public static long Now(TimeProvider time) => Of(time.GetUtcNow());

    public static long Of(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
