using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// A receipt is believed only as far as it can be recomputed: commitment and leaf from one's own bytes. Whether the ledger keeps the
/// promise is shown later, by <see cref="RecordProof"/>.
/// </summary>
public static class ReceiptCheck
{
    /// <param name="receipt">As received.</param>
    /// <param name="ownEnvelope">The envelope as it lies in the holder's spool.</param>
    /// <param name="expected">The record's identity.</param>
    /// <param name="expectedOrigin">The ledger it was sent to; null where any will do.</param>
    public static ReceiptFinding Verify(
        Receipt receipt, ReadOnlySpan<byte> ownEnvelope, RecordIdentity expected, string? expectedOrigin = null)
    {
        if (expectedOrigin is not null && receipt.Origin != expectedOrigin)
            return ReceiptFinding.OriginMismatch;
        if (!LeafFormat.TryParse(receipt.Leaf.Span, out var leaf))
            return ReceiptFinding.LeafMalformed;
        if (receipt.Index >= receipt.DurableSize)
            return ReceiptFinding.NotDurable;
        if (!CodeFits(receipt.Code, leaf.Flags))
            return ReceiptFinding.CodeMismatch;

        // A quarantined envelope that could not be read has no identity to compare; its commitment still has to be ours.
        var unread = leaf.Flags.HasFlag(LeafFlags.Quarantined) && leaf.Type == 0;
        if (!unread && !leaf.Matches(expected))
            return ReceiptFinding.IdentityMismatch;
        if (receipt.Code == ReceiptCode.Erased && receipt.Salt.IsEmpty)
            return ReceiptFinding.ValidErased;

        if (receipt.Salt.Length != Commitment.SaltBytes)
            return ReceiptFinding.SaltMalformed;
        if (leaf.EnvelopeLength != (uint)ownEnvelope.Length)
            return ReceiptFinding.EnvelopeLengthMismatch;
        return Commitment.Compute(receipt.Salt.Span, ownEnvelope) == leaf.Commitment
            ? ReceiptFinding.Valid
            : ReceiptFinding.CommitmentMismatch;
    }

    // A duplicate's receipt is the original's and an erased one's leaf is the original's, whatever that was.
    private static bool CodeFits(ReceiptCode code, LeafFlags flags) => code switch
    {
        ReceiptCode.Appended => (flags & (LeafFlags.Conflict | LeafFlags.Quarantined)) == 0,
        ReceiptCode.Conflict => flags.HasFlag(LeafFlags.Conflict),
        ReceiptCode.Quarantined => flags.HasFlag(LeafFlags.Quarantined),
        ReceiptCode.Duplicate or ReceiptCode.Erased => true,
        _ => false,
    };
}
