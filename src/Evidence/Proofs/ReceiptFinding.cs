namespace EdgeEnforcement.Evidence;

/// <summary>What checking a receipt against one's own envelope found.</summary>
public enum ReceiptFinding
{
    Valid,

    /// <summary>The original was lawfully deleted: the leaf is the record's, its salt is gone, so the bytes can no longer be compared.</summary>
    ValidErased,

    LeafMalformed,
    SaltMalformed,

    /// <summary>SHA-256(salt || own envelope) is not the leaf's commitment: the ledger holds other bytes.</summary>
    CommitmentMismatch,
    EnvelopeLengthMismatch,

    /// <summary>The leaf is another record's.</summary>
    IdentityMismatch,

    /// <summary>The index is not below the size known durable: nothing is promised.</summary>
    NotDurable,

    /// <summary>The receipt's code and the leaf's flags contradict each other, or the code is unknown.</summary>
    CodeMismatch,

    /// <summary>The receipt names another ledger.</summary>
    OriginMismatch,
}
