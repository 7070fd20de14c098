namespace EdgeEnforcement.IngestService.Door.Presence;

internal enum PresenceEventKind
{
    Came,

    /// <summary>The link is gone without a word.</summary>
    Dropped,

    /// <summary>DISCONNECT with reason 0x00.</summary>
    Left,

    /// <summary>Its will became due.</summary>
    Will,

    GraceOver,

    /// <summary>A run of the service begins; nobody is connected.</summary>
    Restarted,
}
