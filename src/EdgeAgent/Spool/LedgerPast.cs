namespace EdgeEnforcement.EdgeAgent.Spool;

/// An origin this station followed until the custodian accepted the next one, with the last checkpoint it stored of it.
internal sealed record LedgerPast(string Origin, string VerifierKey, byte[] LastNote);
