namespace EdgeEnforcement.IngestService.Refusals;

/// <summary>docs/refusals.json is the list; a test compares the two. Numbers never change.</summary>
internal enum RefusalCode
{
    Malformed = 1,
    TooLarge = 2,
    UnknownProducer = 3,
    BadSignature = 4,
    IdentityMismatch = 5,
    BadIdentity = 6,
    StaleEpoch = 7,
    UnknownType = 8,
    TooManyGaps = 9,
    Conflict = 10,
    Busy = 11,
    NotAManifest = 12,
    NoSuchEntry = 13,
    Fenced = 14,
    ChunkMismatch = 15,
    ChunkOutOfRange = 16,
    ChunksMissing = 17,
    FileMismatch = 18,
    KeyChanged = 19,
    NotLoopback = 20,
    NotPermitted = 21,
    UnknownSubject = 22,
    IncompleteAct = 23,
    LedgerStopped = 24,
    Erased = 25,
    ReadOnly = 26,
}
