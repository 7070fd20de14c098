namespace EdgeEnforcement.EdgeAgent.Spool;

/// Fork is empty, or says what was seen, with the note that contradicts the last one accepted.
internal sealed record LedgerPin(string Origin, string VerifierKey, byte[] LastNote, string Fork, byte[] ForkNote)
{
    /// The origin the centre answers under now, while the custodian has not accepted it. Nothing is proved, released or deleted meanwhile.
    public LedgerSuccessor? Next { get; init; }

    /// Origins accepted before this one, oldest first: their receipts and notes are kept and still verify.
    public IReadOnlyList<LedgerPast> Past { get; init; } = [];

    /// Under which origin the centre's receipts are expected. A successor that is not vouched for gets nothing.
    public string Speaking => Next is { Vouched: true } next ? next.Origin : Origin;

    /// The pin a receipt or note of an origin is checked with: this one, or what was accepted before it.
    public LedgerPin For(string origin) =>
        Past.LastOrDefault(p => p.Origin == origin) is { } past ? new LedgerPin(past.Origin, past.VerifierKey, past.LastNote, "", []) : this;
}
