using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>
/// The rules in their order. Up to the signature a failure keeps nothing, for nobody can be held to the bytes; content that
/// cannot be read after it is kept; a wrong identity, epoch or type is refused and lies in the producer's own quarantine.
/// Pure: may run on several threads at once.
/// </summary>
internal sealed class EnvelopeAdmission(IOptions<DoorOptions> options)
{
    private readonly SizeWithinLimitRule _size = new(options.Value.MaxEnvelopeBytes);

    public Verdict Judge(ReadOnlyMemory<byte> envelope, RegisteredProducer producer, uint confirmedEpoch)
    {
        if (_size.Check(envelope.Length) is { } tooLarge)
            return Refused(tooLarge, envelope);

        EnvelopeReader.TryRead(envelope, out var opened);
        var subject = new AdmissionSubject(opened, producer, confirmedEpoch);
        if ((ReadableRule.Check(subject) ?? SignatureRule.Check(subject)) is { } unproven)
            return Refused(unproven, envelope);
        if (ContentRule.Check(subject) is { } unreadable)
            return new Verdict(null, null, unreadable, envelope);
        var refusal = IdentityMatchesRule.Check(subject) ?? EpochCurrentRule.Check(subject) ?? TypePermittedRule.Check(subject);
        return refusal is null ? new Verdict(Request(opened), null, null, envelope) : Refused(refusal, envelope);
    }

    private static AppendRequest Request(OpenedEnvelope opened) => new()
    {
        Origin = LeafOrigin.Producer,
        Identity = opened.Identity!, // the identity rule has passed
        Type = opened.RecordType,
        Envelope = opened.Bytes,
        PayloadFingerprint = PayloadFingerprint.Of(opened),
    };

    private static Verdict Refused(RefusalDetail refusal, ReadOnlyMemory<byte> envelope) => new(null, refusal, null, envelope);
}
