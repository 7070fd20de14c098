using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// Where the evidence about one P0 record lies in the receipts log. Null: not there yet.
internal sealed record ReceiptEntry
{
    public RecordIndex? Receipt { get; init; }

    public ulong LedgerIndex { get; init; }

    /// The ledger keeps the record, but as a conflict or in quarantine.
    public bool IsAside { get; init; }

    /// The record is in the ledger as what it is: what release and upload may rest on.
    public bool IsAnchored => Receipt is not null && !IsAside;

    public RecordIndex? Refusal { get; init; }

    public RecordIndex? Proof { get; init; }

    public RecordIndex? Media { get; init; }

    public ulong MediaLedgerIndex { get; init; }

    public RecordIndex? MediaProof { get; init; }
}
