namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// The numbers are the format's: docs/formats/session-log.md. Never reused.
internal enum FactKind : byte
{
    Reserved = 1,
    Bookmarked = 2,
    SessionOpened = 3,
    SessionClosed = 4,
    SessionEnded = 5,
    Subscribed = 6,
    Unsubscribed = 7,
    Message = 8,
    Queued = 9,
    Assigned = 10,
    Recorded = 11,
    Finished = 12,
    Dropped = 13,
    Moved = 14,
    Received = 15,
    Unreceived = 16,
    Retained = 17,
    RetainedRemoved = 18,
    WillDone = 19,
}
