using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using EdgeEnforcement.Testing.Exploration;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>
/// What a power cut that keeps nothing would leave of a ledger: read from a copy of the durable image, so that no claim of the code
/// about what it flushed is believed.
/// </summary>
internal sealed class DurableLedger
{
    private DurableLedger(List<LedgerEntry> entries, ulong lastSigned, ulong published)
    {
        Entries = entries;
        LastSigned = lastSigned;
        Published = published;
    }

    public IReadOnlyList<LedgerEntry> Entries { get; }

    public ulong LastSigned { get; }

    public ulong Published { get; }

    public static DurableLedger Read(ShadowFileSystem disk, LedgerPaths paths)
    {
        var image = disk.DurableCopy();
        var entries = new List<LedgerEntry>();
        try
        {
            using var reader = SegmentReader.OpenReadOnly(image, paths.Segments);
            if (reader.DurableEnd > RecordIndex.Zero)
            {
                var (batch, firstOfBatch) = (0UL, 0);
                foreach (var record in reader.ReadFrom(RecordIndex.Zero))
                {
                    if (record.BatchNumber != batch)
                        (batch, firstOfBatch) = (record.BatchNumber, entries.Count);
                    // After a cut, before the next start: batches whose bodies did not all arrive are no part of the log, none of their records.
                    if (record.BodyState != BodyState.Intact)
                    {
                        entries.RemoveRange(firstOfBatch, entries.Count - firstOfBatch);
                        break;
                    }
                    entries.Add(StoredEntry.From(record));
                }
            }
        }
        catch (FileNotFoundException)
        {
            // There is no log before the first start got so far.
        }
        catch (SegmentDamageException e)
        {
            throw new BrokenPromiseException($"the durable image is damaged: {e.Message}");
        }
        return new DurableLedger(entries, SizeOf(image, paths.LastSigned), SizeOf(image, paths.Checkpoint));
    }

    private static ulong SizeOf(ShadowFileSystem image, string path) => NoteAt(image, path)?.Size ?? 0;

    public static Checkpoint? NoteAt(ShadowFileSystem disk, string path) =>
        disk.Exists(path) && SignedNote.TryParse(disk.ReadAllBytes(path), out var note)
            && Checkpoint.TryParse(note.Text.Span, out var checkpoint) ? checkpoint : null;

    public static Record BodyOf(LedgerEntry entry) =>
        Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span).Payload);

    public Sha256Hash RootOf(ulong size)
    {
        var frontier = new MerkleFrontier();
        for (var i = 0; i < (int)size; i++)
            frontier.Append(MerkleHashing.Leaf(Entries[i].LeafBytes.Span));
        return frontier.Root();
    }
}
