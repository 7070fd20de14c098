namespace EdgeEnforcement.Evidence;

/// <summary>docs/formats/leaf.md, offset 3.</summary>
[Flags]
public enum LeafFlags : byte
{
    None = 0,

    /// <summary>Same identity as an earlier entry, other bytes.</summary>
    Conflict = 1,
    PossibleDuplicate = 2,
    Quarantined = 4,
}
