using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

internal sealed class SignatureRule
{
    public static RefusalDetail? Check(AdmissionSubject subject) =>
        EnvelopeVerifier.Verify(subject.Opened, subject.Producer.NextVerifier)
            ? null
            : new RefusalDetail(RefusalCode.BadSignature, $"no signature by key {subject.Producer.Key.KeyId} verifies");
}
