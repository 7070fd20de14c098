using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// What a change of origin (an entry of the receipts log) does to the answers before it: those at or above the restored size are no longer
/// answers, and no proof before it is a proof under the new origin. The bytes stay in the log: they prove what was promised.
/// A record the spool no longer holds stays answered: it cannot be sent again, and the change's record names it.
internal sealed class VoidedAnswers(RecordIndex at, OriginChangeSeen change)
{
    public bool Covers(ReceiptKind kind, RecordKey key, ulong ledgerIndex, RecordIndex entry) => entry.Value < at.Value && kind switch
    {
        ReceiptKind.RecordProof or ReceiptKind.MediaProof => true,
        ReceiptKind.Media => ledgerIndex >= change.RestoredSize,
        ReceiptKind.Record or ReceiptKind.Aside => ledgerIndex >= change.RestoredSize && !IsGivenUp(key),
        _ => false,
    };

    private bool IsGivenUp(RecordKey key) => change.Lost.Any(l =>
        !l.Held && !l.Media && l.Epoch == key.Epoch && l.RecordClass == key.Class && l.FirstSequence <= key.Sequence && key.Sequence <= l.LastSequence);
}
