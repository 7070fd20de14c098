using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.Judging;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.Detection;

/// <summary>What an alert quotes beside the record it names: the reading is in it, the raw frame has that hash.</summary>
public static class QuoteComparison
{
    /// <summary>Name of the statement about a raw frame; the other is "reading".</summary>
    public const string Frame = "frame";

    /// <param name="quote">As the alert has it.</param>
    /// <param name="record">The record whose identity the quote names; null: it is there and cannot be read.</param>
    /// <returns>One statement, two where the quote names a frame.</returns>
    public static IReadOnlyList<RecomputedValue> Run(QuotedReading quote, Record? record)
    {
        var text = TextOf(quote);
        var isThere = quote.Reading is null ? record?.DeviceEvent is not null : record?.ReadingBatch is { } batch && batch.Readings.Contains(quote.Reading);
        var found = new List<RecomputedValue> { new("reading", text, isThere ? text : "not in the record") };
        if (quote.FrameSha256.Length > 0)
        {
            var hash = Convert.ToHexStringLower(quote.FrameSha256.Span);
            found.Add(new(Frame, hash, HasFrame(record, quote.FrameSha256) ? hash : "no raw bytes of the record have it"));
        }
        return found;
    }

    /// <summary>One line: when, what, which value, its flag.</summary>
    public static string TextOf(QuotedReading quote) => quote.Reading is { } r
        ? string.Create(CultureInfo.InvariantCulture, $"{TimeOf(r)} {r.Factor} {r.Kind} {Value(r)} {r.Unit} flag {(r.Quality.Length > 0 ? r.Quality : "-")}")
        : "event";

    // Of a message of several frames, or the hash of all of it (ReadingBatch.raw_sha256).
    private static bool HasFrame(Record? record, ByteString sha256)
    {
        var (raw, frames) = record switch
        {
            { ReadingBatch: { } readings } => (readings.Raw, readings.Frames),
            { DeviceEvent: { } happened } => (happened.Raw, happened.Frames),
            _ => (ByteString.Empty, []),
        };
        return IsOf(raw.Span, sha256)
            || frames.Any(f => f.Offset + (long)f.Length <= raw.Length && IsOf(raw.Span.Slice((int)f.Offset, (int)f.Length), sha256));
    }

    private static bool IsOf(ReadOnlySpan<byte> bytes, ByteString sha256) => Sha256Hash.Of(bytes).ToArray().AsSpan().SequenceEqual(sha256.Span);

    private static string TimeOf(Reading reading) =>
        Instant.IsKnown(reading.ObservedAt) ? reading.ObservedAt.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "-";

    private static string Value(Reading reading) =>
        (reading.HasValue ? reading.Value.ToString("G9", CultureInfo.InvariantCulture) : "-")
        + (reading.HasConverted ? " converted " + reading.Converted.ToString("G9", CultureInfo.InvariantCulture) : "");
}
