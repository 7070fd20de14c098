using EdgeEnforcement.IngestService.Ledger.Origins;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>Under which names the ledger signed, and whether it may be written at all.</summary>
internal interface ILedgerOrigins
{
    /// <summary>Restored from a back-up, no new origin opened yet: everything is read, nothing is appended or signed.</summary>
    bool IsReadOnly { get; }

    /// <summary>Oldest first; the last one signs.</summary>
    IReadOnlyList<LedgerOrigin> All { get; }
}
