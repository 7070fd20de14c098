namespace EdgeEnforcement.Evidence;

/// <summary>What checking a record's inclusion found.</summary>
public enum ProofFinding
{
    Proven,

    /// <summary>The checkpoint does not reach the index yet: ask again under a later one.</summary>
    NotCovered,

    /// <summary>The path does not lead from the leaf to the checkpoint's root.</summary>
    NotProven,
}
