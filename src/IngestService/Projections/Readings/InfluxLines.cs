using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Influx;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Readings as points: measurement "reading"; tags device, factor, flag, kind, of (what was recalled), unit; the time is observed-at. The same key
/// gives the same point, however often it is sent; of two readings of one series and instant the later one's fields stand.
/// </summary>
internal static class InfluxLines
{
    public const string Measurement = "reading";

    /// <summary>A flag that was not sent: an empty tag is none, and a series without the tag could not be asked for.</summary>
    public const string NoFlag = "none";

    // What an Influx time in nanoseconds can say: 1677 to 2262.
    private const long Earliest = -9_200_000_000_000, Latest = 9_200_000_000_000;

    /// <summary>Returns how many readings have a time that is none (<see cref="ReadingLimits.FutureMs"/>, or beyond what Influx can say): not sent.</summary>
    public static int Write(LineProtocolFormatter lines, ProjectedEntry entry, ReadingBatch batch)
    {
        Record record = entry.Record!; // it is the batch's
        long ingest = entry.IngestMicros / 1000;
        string device = record.SourceDevice.Length > 0 ? record.SourceDevice : entry.Leaf.Producer;
        long? agent = ReadingRow.Milliseconds(Storage.Sqlite.SqliteColumns.ToMicros(record.Time?.AgentTime));
        int odd = 0;
        for (int place = 0; place < batch.Readings.Count; place++)
        {
            Reading reading = batch.Readings[place];
            ReadingRow row = ReadingRow.Of(reading, entry.Index, ingest);
            if (row.Observed > ingest + ReadingLimits.FutureMs || row.Observed is < Earliest or > Latest)
            {
                odd++;
                continue;
            }
            lines.Begin(Measurement).Tag("device", device).Tag("factor", reading.Factor).Tag("flag", reading.Quality.Length == 0 ? NoFlag : reading.Quality)
                .Tag("kind", NameOf(reading.Kind)).Tag("of", reading.Kind == ReadingKind.Recalled ? NameOf(reading.RecalledKind) : "").Tag("unit", reading.Unit)
                .Field("entry", row.Entry).Field("ordinal", (long)place).Field("ingest", ingest)
                .Field("late", (row.Marks & ReadingMarks.Late) != 0 ? 1L : 0).Field("recalled", reading.Kind == ReadingKind.Recalled ? 1L : 0)
                .Field("value", row.Value).Field("minimum", row.Minimum).Field("maximum", row.Maximum).Field("total", row.Total)
                .Field("converted", row.Converted).Field("converted_minimum", row.ConvertedMinimum).Field("converted_maximum", row.ConvertedMaximum);
            if (agent is { } at)
                lines.Field("agent", at);
            lines.End(row.Observed);
        }
        return odd;
    }

    public static string NameOf(ReadingKind kind) => kind switch
    {
        ReadingKind.RealTime => "realtime",
        ReadingKind.Minute => "minute",
        ReadingKind.Hour => "hour",
        ReadingKind.Day => "day",
        ReadingKind.Recalled => "recalled",
        _ => "other",
    };
}
