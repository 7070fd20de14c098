using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Clerk;

/// <summary>The faces of one ledger that the clerk works with.</summary>
internal sealed record ClerkLedger(ILedgerReader Reader, ILedgerAppender Appender, IRecordPlaces Places);
