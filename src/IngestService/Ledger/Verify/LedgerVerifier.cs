using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>
/// Reads every record of every segment once and hands it to the verifications. It opens nothing for writing and takes no lock,
/// so it may run beside the service; what is appended meanwhile is left for the next run.
/// </summary>
internal sealed class LedgerVerifier(
    IFileSystem files, LedgerPaths paths, IReadOnlyList<IVerification> verifications, Func<ulong> signedSize, VerificationReport report)
{
    private const ulong ProgressEntries = 500_000;

    private readonly ErasureVerification _erasures = new(report);
    private bool _complete = true;

    public ulong EntryCount { get; private set; }

    /// <param name="from">Entries below were read before, by whoever knows what came of it.</param>
    public void Run(ulong from = 0)
    {
        foreach (var verification in verifications)
            verification.Begin(report);
        _erasures.Begin(from);
        try
        {
            using var reader = SegmentReader.OpenReadOnly(files, paths.Segments);
            if (reader.TornTail is { } torn)
                Tail(torn);
            if (reader.FirstIndex > RecordIndex.Zero)
            {
                _complete = false;
                report.Difference(Path.Combine(paths.Segments, "00000000000000000000.seg"), 0, 0, $"the segment is missing: what is there begins at entry {reader.FirstIndex}");
            }
            ReadSegments(reader, from);
            // Content that went while this run read was ordered by a leaf above the end it began with.
            if (_erasures.HasUncovered)
                ReadOrdersAbove(reader.DurableEnd);
        }
        catch (IOException e)
        {
            Damage(e);
        }
        _erasures.End();
        foreach (var verification in verifications)
            verification.End(_complete);
    }

    /// Above what was signed a torn end was promised to nobody or is being written now; below it is damage.
    private void Tail(CutTail torn)
    {
        if (torn.FirstLost.Value < signedSize())
            report.Difference(torn.File, torn.Offset.Value, torn.FirstLost.Value, $"{torn.Reason}, but entries below {signedSize()} were signed");
        else
            report.Note($"{torn.File} offset {torn.Offset}: {torn.Bytes} bytes after the last whole batch ({torn.Reason}); the next start cuts them");
    }

    private void ReadSegments(SegmentReader reader, ulong from)
    {
        var starts = reader.SegmentStarts;
        var end = reader.DurableEnd.Value;
        for (var i = 0; i < starts.Count; i++)
        {
            try
            {
                ReadSegment(reader, Math.Max(from, starts[i].Value), i + 1 < starts.Count ? starts[i + 1].Value : end);
            }
            catch (IOException e)
            {
                // What follows in this segment cannot be placed; the next one says itself where it begins.
                Damage(e);
            }
        }
    }

    private void ReadOrdersAbove(RecordIndex end)
    {
        using var reader = SegmentReader.OpenReadOnly(files, paths.Segments);
        if (end >= reader.DurableEnd)
            return;
        foreach (var record in reader.ReadFrom(end))
            if (record.BodyState == BodyState.Intact && DeletionLeaf.Read(record) is { } erased)
                _erasures.OrderedMeanwhile(record.Index.Value, erased);
    }

    private void ReadSegment(SegmentReader reader, ulong first, ulong next)
    {
        if (first >= next)
            return;
        foreach (var record in reader.ReadFrom(new RecordIndex(first), checked((int)(next - first))))
        {
            EntryCount++;
            if (EntryCount % ProgressEntries == 0)
                report.Progress($"{EntryCount} entries read");
            Check(record);
        }
    }

    private void Check(in StoredRecord record)
    {
        var index = record.Index.Value;
        if (!LeafFormat.TryParse(record.Head.Span, out var leaf))
        {
            _complete = false;
            report.Difference(record.File, record.Offset.Value, index, "the head is not a leaf");
            return;
        }

        ReadOnlyMemory<byte>? envelope = null;
        if (record.BodyState != BodyState.Intact)
            _erasures.Gone(record);
        else if (record.Body.Length != Commitment.SaltBytes + leaf.EnvelopeLength)
            report.Difference(record.File, record.Offset.Value, index, $"the leaf says {leaf.EnvelopeLength} envelope bytes, there are {record.Body.Length - Commitment.SaltBytes}");
        else if (Sha256Hash.Of(record.Body.Span) != leaf.Commitment)
            report.Difference(record.File, record.Offset.Value, index, "salt and envelope do not give the leaf's commitment");
        else
            envelope = record.Body[Commitment.SaltBytes..];

        var entry = new VerifiedEntry(index, leaf, record.Head, envelope, record.File, record.Offset);
        _erasures.Entry(entry);
        foreach (var verification in verifications)
            verification.Entry(entry);
    }

    private void Damage(Exception e)
    {
        _complete = false;
        if (e is SegmentDamageException damage)
            report.Difference(damage.File, damage.Offset.Value, damage.Record.Value, damage.Reason);
        else
            report.Difference(paths.Segments, null, null, e.Message);
    }
}
