using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>
/// No epoch above the one confirmed at hello. One below is left to the sequencer: it alone knows whether the record is a resend
/// of what it already holds (answered with the original's receipt) or a late newcomer (stale).
/// </summary>
internal sealed class EpochCurrentRule
{
    public static RefusalDetail? Check(AdmissionSubject subject) => subject.Opened.Identity!.Epoch <= subject.ConfirmedEpoch
        ? null
        : new RefusalDetail(RefusalCode.BadIdentity, $"epoch {subject.Opened.Identity.Epoch} was not confirmed, {subject.ConfirmedEpoch} was");
}
