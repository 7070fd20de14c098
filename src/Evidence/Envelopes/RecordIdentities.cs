using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Evidence;

/// <summary>The ranges of a record's identity (record.proto).</summary>
public static class RecordIdentities
{
    public static bool IsWellFormed(RecordIdentity? identity) =>
        identity is { Epoch: >= 1, Sequence: >= 1, RecordClass: RecordClass.P0 or RecordClass.P1 or RecordClass.P2 }
        && ProducerNames.IsWellFormed(identity.Producer);

    /// <summary>Does the leaf stand for this identity?</summary>
    public static bool Matches(this Leaf leaf, RecordIdentity identity) =>
        leaf.Producer == identity.Producer && leaf.Epoch == identity.Epoch && leaf.Class == (byte)identity.RecordClass
        && leaf.Sequence == identity.Sequence;
}
