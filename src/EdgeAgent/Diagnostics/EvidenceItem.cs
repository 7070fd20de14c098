using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Everything the station holds about one docked file, unchecked: the manifest as it lies in the spool and what the ledger answered.
internal sealed record EvidenceItem(RecordKey Key, ReadOnlyMemory<byte> Envelope, byte[] PublicKey, LedgerPin? Ledger)
{
    public Receipt? Receipt { get; init; }

    public Refusal? Refusal { get; init; }

    public InclusionProofAnswer? Proof { get; init; }

    public FinishAnswer? Media { get; init; }

    public InclusionProofAnswer? MediaProof { get; init; }
}
