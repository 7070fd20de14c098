namespace EdgeEnforcement.EdgeAgent.Spool;

/// An origin this station followed until the custodian accepted the next one, with the last checkpoint it stored of it.
internal sealed record LedgerPast(string Origin, string VerifierKey, byte[] LastNote)
{
    /// The next one gave out indexes from here on anew; 0: it shares none of them.
    public ulong GoesOnFrom { get; init; }
}
