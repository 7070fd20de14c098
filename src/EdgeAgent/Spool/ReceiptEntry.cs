using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// Where the evidence about one P0 record lies in the receipts log. Null: not there yet.
internal sealed record ReceiptEntry
{
    public RecordIndex? Receipt { get; init; }

    public ulong LedgerIndex { get; init; }

    public RecordIndex? Refusal { get; init; }

    public RecordIndex? Proof { get; init; }

    public RecordIndex? Media { get; init; }

    public ulong MediaLedgerIndex { get; init; }

    public RecordIndex? MediaProof { get; init; }
}
