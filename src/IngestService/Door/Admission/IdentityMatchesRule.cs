using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>A well-formed identity, and the connection's own.</summary>
internal sealed class IdentityMatchesRule
{
    public static RefusalDetail? Check(AdmissionSubject subject)
    {
        if (!RecordIdentities.IsWellFormed(subject.Opened.Identity))
            return new RefusalDetail(RefusalCode.BadIdentity, "producer, epoch, class or sequence is missing or out of its range");
        return string.Equals(subject.Opened.Identity!.Producer, subject.Producer.Name, StringComparison.Ordinal)
            ? null
            : new RefusalDetail(RefusalCode.IdentityMismatch, $"the record is of {subject.Opened.Identity.Producer}, the stream of {subject.Producer.Name}");
    }
}
