namespace EdgeEnforcement.EdgeAgent.Spool;

/// An origin that was seen in place of the pinned one.
/// Vouched: its OriginOpened entry was proved, cites a checkpoint the pinned key signed, and the tree continues it (Uplink/OriginCheck);
/// Note is the checkpoint that was proved under. Else Doubt says what was missing.
internal sealed record LedgerSuccessor(string Origin, string VerifierKey, byte[] Note, ulong RestoredSize, bool Vouched, string Doubt);
