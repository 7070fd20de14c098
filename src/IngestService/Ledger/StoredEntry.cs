using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>A record of the segments as an entry: the head is the leaf, the body salt and envelope (docs/formats/leaf.md).</summary>
internal static class StoredEntry
{
    public static Leaf LeafOf(in StoredRecord record) =>
        LeafFormat.TryParse(record.Head.Span, out var leaf)
            ? leaf
            : throw new SegmentDamageException(record.File, record.Offset, record.Index, "the head is not a leaf");

    public static LedgerEntry From(in StoredRecord record)
    {
        var leaf = LeafOf(record);
        var index = new EntryIndex(record.Index.Value);
        if (record.BodyState == BodyState.Erased)
            return new LedgerEntry(index, leaf, record.Head, default, default, IsErased: true);
        // Zeros that no deletion leaf covers are damage like any other.
        if (record.BodyState != BodyState.Intact || record.Body.Length != Commitment.SaltBytes + (int)leaf.EnvelopeLength)
            throw new SegmentDamageException(record.File, record.Offset, record.Index, "salt and envelope are not as written");
        return new LedgerEntry(index, leaf, record.Head, record.Body[..Commitment.SaltBytes], record.Body[Commitment.SaltBytes..], false);
    }
}
