namespace EdgeEnforcement.Evidence;

/// <summary>What a follower found in a checkpoint. Only <see cref="Consistent"/> moves it; the rest but <see cref="Smaller"/> are alarms.</summary>
public enum CheckpointFinding
{
    /// <summary>Signed, and the tree known before is its beginning; the first checkpoint of all is taken as it is.</summary>
    Consistent,
    Malformed,

    /// <summary>Not signed by the ledger's key.</summary>
    UnknownKey,
    BadSignature,
    WrongOrigin,

    /// <summary>A smaller tree than the one known: an old copy, or a ledger that lost entries. Not taken.</summary>
    Smaller,

    /// <summary>Two roots for one size: the ledger showed two histories.</summary>
    Forked,

    /// <summary>The proof does not lead from the known root to this one.</summary>
    NotProven,
}
