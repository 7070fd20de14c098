namespace EdgeEnforcement.EdgeAgent.Spool;

/// What an entry of the receipts log holds. The numbers are stored.
internal enum ReceiptKind : byte
{
    /// Receipt of a record, checked against the spool's bytes.
    Record = 1,

    /// Refusal for good; the record lies in quarantine.
    Refusal = 2,

    /// InclusionProofAnswer of a record, with the checkpoint's note in it.
    RecordProof = 3,

    /// FinishAnswer: the receipt of MediaStored with that entry's envelope.
    Media = 4,

    /// InclusionProofAnswer of MediaStored.
    MediaProof = 5,

    /// Receipt of a record that the ledger keeps aside: in conflict with another under its identity, or unreadable to it. Answered and
    /// provable, but it anchors nothing.
    Aside = 6,

    /// OriginChangeSeen: the centre's ledger goes on under another origin from the ledger index of this entry on.
    OriginChange = 7,
}
