using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>The store's facts in the ledger: appended once, found again after a crash.</summary>
internal sealed class StoredFacts(ILedgerReader ledger, IFactAppender appender)
{
    private const int ReadCount = 1024;

    public ulong DurableSize => ledger.DurableSize;

    // A fact once on its way is not called back: whether it was appended must be known.
    public Task<FactOutcome> AppendAsync(Record record, CancellationToken stopping)
    {
        record.Sensitivity = Sensitivity.Internal;
        return appender.AppendAsync(LeafOrigin.Ledger, record, stopping);
    }

    /// <summary>The original's receipt, read back.</summary>
    public StoredReceipt Again(EntryIndex index)
    {
        var entry = ledger.Read(index);
        return new StoredReceipt(
            new AppendReceipt(index, ledger.DurableSize, entry.LeafBytes, entry.Salt, ReceiptCode.Duplicate), entry.Envelope);
    }

    public EntryIndex? FindStored(ulong from, ulong manifestIndex) =>
        Find(from, Record.MediaStoredFieldNumber, record => record.MediaStored?.ManifestIndex == manifestIndex);

    public bool IsQuarantineKnown(ulong from, string name) =>
        Find(from, Record.MediaQuarantinedFieldNumber, record => record.MediaQuarantined?.QuarantineName == name) is not null;

    // Only after a crash, and only over what came after the position the state file kept.
    private EntryIndex? Find(ulong from, int type, Func<Record, bool> isWanted)
    {
        var next = from;
        while (next < ledger.DurableSize)
        {
            var entries = ledger.ReadFrom(new EntryIndex(next), ReadCount);
            if (entries.Count == 0)
                return null;
            foreach (var entry in entries)
            {
                if (entry.Leaf.Origin == LeafOrigin.Ledger && entry.Leaf.Type == type && !entry.IsErased && isWanted(Body(entry)))
                    return entry.Index;
            }
            next = entries[^1].Index.Value + 1;
        }
        return null;
    }

    private static Record Body(LedgerEntry entry) =>
        Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span).Payload);
}
