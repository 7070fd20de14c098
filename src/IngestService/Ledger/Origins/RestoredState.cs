namespace EdgeEnforcement.IngestService.Ledger.Origins;

internal enum RestoredState
{
    /// <summary>The data directory is its own.</summary>
    None,

    /// <summary>A restore was begun and not finished: nothing in the directory may be believed.</summary>
    Unfinished,

    /// <summary>Restored and checked: read only until a new origin is opened.</summary>
    ReadOnly,
}
