using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// A version with all that proves it: the ledger entry that registered it (EntryAnswer) and its inclusion under a signed checkpoint
/// (InclusionProofAnswer), as they came. Whoever runs with it checks it again (ConfigurationProof).
internal sealed record ConfigurationVersion(string Origin, byte[] Entry, byte[] Proof)
{
    /// Of the entry, which is the version's number.
    public ulong Index => EntryAnswer.Parser.ParseFrom(Entry).Index;
}
