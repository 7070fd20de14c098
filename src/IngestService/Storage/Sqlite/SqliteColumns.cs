using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>Columns to values and back: times are microseconds since 1970 UTC (the leaf's unit), absent values are NULL.</summary>
internal static class SqliteColumns
{
    public static ulong UInt64(this SqliteDataReader reader, int column) => (ulong)reader.GetInt64(column);

    public static uint UInt32(this SqliteDataReader reader, int column) => (uint)reader.GetInt64(column);

    public static bool Flag(this SqliteDataReader reader, int column) => reader.GetInt64(column) != 0;

    public static string Text(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? "" : reader.GetString(column);

    public static ByteString Bytes(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? ByteString.Empty : ByteString.CopyFrom(reader.GetFieldValue<byte[]>(column));

    public static long? Micros(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static Timestamp? Time(this SqliteDataReader reader, int column) =>
        reader.Micros(column) is { } micros ? ToTimestamp(micros) : null;

    public static Timestamp ToTimestamp(long micros)
    {
        long seconds = Math.DivRem(micros, 1_000_000, out long rest);
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + 1_000_000);
        return new Timestamp { Seconds = seconds, Nanos = (int)rest * 1000 };
    }

    /// <summary>Device times may be anything a signed 64-bit field can hold: beyond what microseconds hold they are cut, never thrown.</summary>
    public static long? ToMicros(Timestamp? time)
    {
        if (time is null)
            return null;
        long seconds = Math.Clamp(time.Seconds, EarliestSecond, LatestSecond);
        return seconds * 1_000_000 + Math.Clamp(time.Nanos, 0, 999_999_999) / 1000;
    }

    public static long? ToMicros(Duration? duration)
    {
        if (duration is null)
            return null;
        long seconds = Math.Clamp(duration.Seconds, EarliestSecond, LatestSecond);
        return seconds * 1_000_000 + Math.Clamp(duration.Nanos, -999_999_999, 999_999_999) / 1000;
    }

    public static Duration ToDuration(long micros) =>
        new() { Seconds = micros / 1_000_000, Nanos = (int)(micros % 1_000_000) * 1000 };

    // Years 1 to 9999, what a Timestamp may hold.
    private const long EarliestSecond = -62_135_596_800;
    private const long LatestSecond = 253_402_300_799;
}
