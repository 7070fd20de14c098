namespace EdgeEnforcement.Evidence;

/// <summary>What opening a note found. Only <see cref="Verified"/> lets the text be used.</summary>
public enum NoteFinding
{
    Verified,
    Malformed,

    /// <summary>No line is by a key we know.</summary>
    NoKnownKey,

    /// <summary>A line by a key we know does not verify: the whole note is refused.</summary>
    BadSignature,

    /// <summary>Two of the verifiers given share name and key ID.</summary>
    AmbiguousVerifiers,
}
