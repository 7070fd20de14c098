using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>Bytes that are no envelope carry no signature: nobody can be held to them, and they are not kept.</summary>
internal sealed class ReadableRule
{
    public static RefusalDetail? Check(AdmissionSubject subject) => subject.Opened.Envelope is null
        ? new RefusalDetail(RefusalCode.Malformed, "the bytes are not a signed envelope")
        : null;
}
