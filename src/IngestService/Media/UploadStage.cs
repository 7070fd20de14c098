namespace EdgeEnforcement.IngestService.Media;

/// <summary>Stored in the state file: numbers never change.</summary>
internal enum UploadStage : ushort
{
    Receiving = 1,

    /// <summary>The object lies in the store; MediaStored is being appended, at or after the ledger position kept with it.</summary>
    Storing = 2,

    /// <summary>MediaStored is durable at the ledger position kept with it.</summary>
    Stored = 3,

    /// <summary>The whole file differs; MediaQuarantined is being appended, at or after the ledger position kept with it.</summary>
    Quarantining = 4,
}
