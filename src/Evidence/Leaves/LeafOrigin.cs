namespace EdgeEnforcement.Evidence;

/// <summary>Who the entry comes from (docs/formats/leaf.md, offset 1).</summary>
public enum LeafOrigin : byte
{
    Producer = 1,
    Operator = 2,
    Clerk = 3,
    Ledger = 4,

    /// <summary>A message of a device without identity, written down by the door.</summary>
    Door = 5,
}
