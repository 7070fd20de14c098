namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>A name this ledger signs or signed under. FromSize is the index of its OriginOpened entry, 0 for the first.</summary>
internal sealed record LedgerOrigin(int Number, string Name, ulong FromSize, string VerifierKey);
