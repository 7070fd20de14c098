namespace EdgeEnforcement.Testing;

/// <summary>What a power cut leaves of the writes and directory changes that were not synced.</summary>
public enum CrashMode
{
    /// <summary>None of them.</summary>
    Drop,

    /// <summary>The first ones, the last of which is cut in the middle.</summary>
    Tear,

    /// <summary>Any sectors of any of them, with zeros where the length arrived before the bytes.</summary>
    Reorder,

    /// <summary>Whole ones, chosen at random.</summary>
    KeepSome,

    /// <summary>All of them: the process died and the machine did not.</summary>
    KeepAll,
}
