using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Ledger.Erasure;

/// <summary>The entry that orders a deletion: an operator's act of type 93. A producer cannot send one: its origin is in the leaf.</summary>
internal static class DeletionLeaf
{
    public static bool Is(Leaf leaf) =>
        leaf.Type == Record.ErasedFieldNumber && leaf.Origin == LeafOrigin.Operator && !leaf.Flags.HasFlag(LeafFlags.Conflict);

    /// <summary>Null for any other entry. The order itself is never erased, so it can always be read.</summary>
    public static Erased? Read(Leaf leaf, ReadOnlyMemory<byte> envelope)
    {
        if (!Is(leaf))
            return null;
        try
        {
            return Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(envelope.Span).Payload).Erased;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new LedgerFatalException("A deletion leaf cannot be read: what it orders is unknown", e);
        }
    }

    /// <summary>For an intact record.</summary>
    public static Erased? Read(in StoredRecord record) =>
        LeafFormat.TryParse(record.Head.Span, out var leaf) && Is(leaf) && record.Body.Length >= Commitment.SaltBytes
            ? Read(leaf, record.Body[Commitment.SaltBytes..]) : null;

    /// <summary>For a log without its owner: every order in it, found by reading all of it.</summary>
    public static ErasedEntries FindAll(SegmentReader reader)
    {
        var found = new ErasedEntries();
        foreach (var record in reader.ReadFrom(reader.FirstIndex))
            if (record.BodyState == BodyState.Intact && Read(record) is { } erased)
                found.Publish(IndexRange.Of(erased.Ranges), record.Index.Value + 1);
        return found;
    }

    /// <summary>What recovery of the segments asks of each sound record in their tail.</summary>
    public static IReadOnlyList<RecordRange> OrdersOf(StoredRecord record) =>
        Read(record) is { } erased ? [.. IndexRange.Of(erased.Ranges).Select(range => range.ToRecords())] : [];
}
