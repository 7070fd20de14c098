namespace EdgeEnforcement.SegmentLog;

public enum BodyState
{
    /// <summary>The bytes are those that were appended.</summary>
    Intact,

    /// <summary>The bytes are all zero and were not: erased. Whether lawfully is for the log's owner to say.</summary>
    Zeroed,

    /// <summary>The bytes are others.</summary>
    Damaged,

    /// <summary>The log's owner ordered it erased: nothing of it is given out, whatever may still lie there.</summary>
    Erased,
}
