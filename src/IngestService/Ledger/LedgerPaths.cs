namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// Where the ledger lies below the data directory. Segments, last-signed and keys are the ledger; snapshots and what is public
/// are derived from them and may be deleted while the service is stopped.
/// </summary>
internal sealed class LedgerPaths(string dataDirectory)
{
    public string Data { get; } = Path.GetFullPath(dataDirectory);

    public string Root => Path.Combine(Data, "ledger");

    public string Segments => Path.Combine(Root, "segments");

    public string Snapshots => Path.Combine(Root, "snapshots");

    /// <summary>Served as /ledger/: the newest checkpoint and the tiles.</summary>
    public string Public => Path.Combine(Root, "public");

    public string Checkpoint => Path.Combine(Public, "checkpoint");

    /// <summary>The newest signed note; durable before it is published.</summary>
    public string LastSigned => Path.Combine(Root, "last-signed");

    /// <summary>Where the scrubber is; derived, like the snapshots.</summary>
    public string ScrubCursor => Path.Combine(Root, "scrub");

    /// <summary>The media store's objects, named by content.</summary>
    public string MediaObjects => Path.Combine(Data, "media", "objects");

    public string Keys => Path.Combine(Data, "keys");

    public string CheckpointKey => Path.Combine(Keys, "ledger-checkpoint.pem");
}
