namespace EdgeEnforcement.EdgeAgent.Spool;

/// Fork is empty, or says what was seen, with the note that contradicts the last one accepted.
internal sealed record LedgerPin(string Origin, string VerifierKey, byte[] LastNote, string Fork, byte[] ForkNote);
