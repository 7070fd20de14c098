using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>Whether an authenticated payload says what it must. What fails here is kept: its producer stands behind it.</summary>
internal sealed class ContentRule
{
    // 32 hex digits by the proto; others' systems number in their own way.
    private const int MaxEpisodeIdLength = 128;

    // Some thousand named media and every text at length; half an envelope leaves room for what the clerk adds.
    private const int MaxAlertBytes = 512 * 1024;

    public static RefusalDetail? Check(AdmissionSubject subject) => subject.Opened.Fault switch
    {
        EnvelopeFault.UnknownPayloadType => Malformed($"payload type \"{Shown(subject.Opened.PayloadType)}\" is not known"),
        EnvelopeFault.NotARecord => Malformed("the payload is not a record"),
        EnvelopeFault.None => Fault(subject.Opened.Record!) is { } fault ? Malformed(fault) : null, // no fault: a record was read
        EnvelopeFault.TooLarge or EnvelopeFault.NotAnEnvelope or EnvelopeFault.BadIdentity or EnvelopeFault.UnknownBody => null,
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject.Opened.Fault, "unknown envelope fault"),
    };

    private static string? Fault(Record record)
    {
        if (record.Preconditions.Count > 0)
            return "a producer sets no preconditions";
        if (record.BodyCase == Record.BodyOneofCase.MediaManifest && ManifestShape.Fault(record.MediaManifest) is { } fault)
            return $"media manifest: {fault}";
        return record.BodyCase == Record.BodyOneofCase.FieldAlert ? Fault(record.FieldAlert) : null;
    }

    // The clerk opens an alert under the episode's id and repeats its texts in a fact of his own, which has the same limit as the
    // record: without an id, or with texts that do not fit again, it would be acknowledged and never be shown.
    private static string? Fault(FieldAlert alert)
    {
        if (alert.EpisodeId.Length is 0 or > MaxEpisodeIdLength)
            return $"field alert: an episode id has 1 to {MaxEpisodeIdLength} characters";
        return alert.CalculateSize() > MaxAlertBytes ? $"field alert: {alert.CalculateSize()} bytes, at most {MaxAlertBytes}" : null;
    }

    private static RefusalDetail Malformed(string detail) => new(RefusalCode.Malformed, detail);

    private static string Shown(string payloadType) => payloadType.Length <= 128 ? payloadType : string.Concat(payloadType.AsSpan(0, 128), "...");
}
