using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// Counts what this station has receipts for that a restored ledger does not hold, and whether the station still holds it.
internal sealed class LostAnswers(AgentSpool spool, ReceiptStore receipts, MediaCatalog catalog, StationStore store)
{
    // A receipt is some 250 bytes; a record holds at most 1 MiB.
    private const int MostReceipts = 500;

    public OriginChangeSeen Count(LedgerPin known, LedgerSuccessor next, ulong restoredSize)
    {
        var change = new OriginChangeSeen
        {
            OldOrigin = known.Origin,
            OldCheckpoint = ByteString.CopyFrom(known.LastNote),
            NewOrigin = next.Origin,
            NewVerifierKey = next.VerifierKey,
            RestoredSize = restoredSize,
            Vouched = next.Vouched,
        };
        var answers = receipts.AnswersFrom(restoredSize)
            .Select(a => (a.Key, IsMedia: a.Kind == ReceiptKind.Media, Held: a.Kind == ReceiptKind.Media ? HasCopy(a.Key) : HasRecord(a.Key), a.At))
            .OrderBy(a => a.IsMedia).ThenBy(a => a.Key.Class).ThenBy(a => a.Key.Epoch).ThenBy(a => a.Key.Sequence);
        foreach (var (key, isMedia, held, at) in answers)
        {
            if (change.Lost.LastOrDefault() is { } last && last.Media == isMedia && last.Held == held && last.Epoch == key.Epoch
                && last.RecordClass == key.Class && key.Sequence - last.LastSequence <= 1)
                last.LastSequence = key.Sequence;
            else
                change.Lost.Add(new LostRange
                {
                    Epoch = key.Epoch, RecordClass = key.Class, FirstSequence = key.Sequence, LastSequence = key.Sequence, Held = held, Media = isMedia,
                });
            if (held)
                continue;
            if (change.LostReceipts.Count < MostReceipts && (isMedia ? receipts.ReadMediaReceiptAt(at) : receipts.ReadReceiptAt(at)) is { } receipt)
                change.LostReceipts.Add(receipt);
            else
                change.LostReceiptsLeftOut++;
        }
        return change;
    }

    /// Files whose media receipt the centre lost and whose copy is still here are not at the centre any more.
    public void Reopen()
    {
        foreach (var entry in catalog.Where(e => e.CentreStored && receipts.Find(e.Key)?.Media is null && HasCopy(e.Key)))
            catalog.Reopen(entry.Key);
    }

    private bool HasRecord(RecordKey key) => spool.Find(key.Epoch, key.Class) is { } log && key.Sequence >= log.FirstSequence;

    private bool HasCopy(RecordKey key) => catalog.Find(key) is { } entry && store.Has(entry.ContentHash, (long)entry.Manifest.SizeBytes);
}
