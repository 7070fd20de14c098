namespace EdgeEnforcement.SegmentLog.Space;

/// <summary>How full a store is, as one word: each state refuses what the one before it refuses, and more.</summary>
public enum SpaceState
{
    Normal,

    /// <summary>80 %: people are told, nothing is refused.</summary>
    Warn,

    /// <summary>90 %: the lowest class of records gives way.</summary>
    Shed,

    /// <summary>95 %: no new media.</summary>
    HoldMedia,

    /// <summary>98 %: only the highest class of records is taken, out of what is kept for it.</summary>
    ReserveOnly,
}
