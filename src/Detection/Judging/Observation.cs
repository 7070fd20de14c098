using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Detection.Judging;

/// One reading as it is judged: whose, when it was observed, when it came, and where it can be read again.
internal readonly record struct Observation(
    string Station, Reading Reading, RecordIdentity Batch, ByteString FrameSha256, DateTimeOffset ObservedAt, DateTimeOffset PeriodEnd, DateTimeOffset ArrivedAt)
{
    /// Of a recalled reading: of what it is.
    public ReadingKind Period => PeriodOf(Reading);

    public bool IsInTime => Lateness.IsInTime(Period, PeriodEnd, ArrivedAt);

    public bool IsRecalled => Reading.Kind == ReadingKind.Recalled;

    public static ReadingKind PeriodOf(Reading reading) => reading.Kind == ReadingKind.Recalled ? reading.RecalledKind : reading.Kind;

    public static Observation Of(string station, Reading reading, RecordIdentity batch, ByteString frameSha256, DateTimeOffset arrivedAt)
    {
        var observed = reading.ObservedAt?.ToDateTimeOffset() ?? arrivedAt;
        return new Observation(station, reading, batch, frameSha256, observed, reading.PeriodEnd?.ToDateTimeOffset() ?? observed, arrivedAt);
    }

    public double? Pick(ValueChoice choice) => choice switch
    {
        ValueChoice.Value => Reading.HasValue ? Reading.Value : null,
        ValueChoice.Converted => Reading.HasConverted ? Reading.Converted : null,
        ValueChoice.Minimum => Reading.HasMinimum ? Reading.Minimum : null,
        ValueChoice.Maximum => Reading.HasMaximum ? Reading.Maximum : null,
        ValueChoice.Total => Reading.HasTotal ? Reading.Total : null,
        _ => throw new InvalidOperationException($"No such value: {choice}."),
    };

    public QuotedReading Quote() => new() { Reading = Reading, Batch = Batch, FrameSha256 = FrameSha256 };

    /// The same again: a device that was not answered sends once more.
    public bool Repeats(Reading other) =>
        other.ObservedAt == Reading.ObservedAt && other.Quality == Reading.Quality && other.Unit == Reading.Unit
        && other.Value.Equals(Reading.Value) && other.HasValue == Reading.HasValue
        && other.Converted.Equals(Reading.Converted) && other.HasConverted == Reading.HasConverted
        && other.Minimum.Equals(Reading.Minimum) && other.Maximum.Equals(Reading.Maximum) && other.Total.Equals(Reading.Total);
}
