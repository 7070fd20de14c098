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

    /// <summary>Every name this ledger signs or signed under; wins over the configuration's default.</summary>
    public string Origins => Path.Combine(Root, "origins");

    /// <summary>While it is there, 'open-new-origin' was begun and not finished.</summary>
    public string OriginOpening => Path.Combine(Root, "origin-opening");

    /// <summary>The data came from a back-up: read only until a new origin is opened.</summary>
    public string Restored => Path.Combine(Data, "restored");

    public string Keys => Path.Combine(Data, "keys");

    /// <summary>Each origin has a key of its own; the first one's name has no number.</summary>
    public int OriginNumber { get; init; } = 1;

    public string CheckpointKey => Path.Combine(Keys, OriginNumber == 1 ? "ledger-checkpoint.pem" : $"ledger-checkpoint-{OriginNumber}.pem");

    public LedgerPaths ForOrigin(int number) => new(Data) { OriginNumber = number };
}
