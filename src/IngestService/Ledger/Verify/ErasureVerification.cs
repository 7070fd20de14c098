using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>
/// Zeros and deletion leaves against each other, both ways: content that is gone must be covered by a leaf that stands behind it, and
/// what a leaf covers must be gone. A leaf comes after what it covers, so everything is judged at the end.
/// </summary>
internal sealed class ErasureVerification(VerificationReport report)
{
    private readonly SortedDictionary<ulong, Place> _gone = [];
    private readonly List<(ulong Leaf, IndexRange Range, Place Place)> _orders = [];
    private readonly List<(ulong Leaf, IndexRange Range)> _meanwhile = [];
    private ulong _from;

    /// <summary>Entries whose content is lawfully gone; known after <see cref="End"/>.</summary>
    public int ErasedCount { get; private set; }

    /// <summary>Content below <paramref name="from"/> is not read in this run: nothing is known of its bytes.</summary>
    public void Begin(ulong from) => _from = from;

    /// <summary>Zeros whose leaf was not read: damage, or an erasure that went on while this run read.</summary>
    public bool HasUncovered => _gone.Keys.Any(index => !IsCovered(index));

    public void Gone(in StoredRecord record) =>
        _gone[record.Index.Value] = new Place(record.File, record.Offset.Value, record.BodyState == BodyState.Damaged);

    public void Entry(VerifiedEntry entry)
    {
        if (entry.Envelope is not { } envelope || !DeletionLeaf.Is(entry.Leaf))
            return;
        var place = new Place(entry.File, entry.Offset.Value, false);
        if (EnvelopeReader.TryRead(envelope, out var opened) && opened.Record?.Erased is { } erased)
            foreach (var range in IndexRange.Of(erased.Ranges))
                _orders.Add((entry.Index, range, place));
        else
            report.Difference(entry.File, entry.Offset.Value, entry.Index, "the deletion leaf cannot be read");
    }

    /// <summary>
    /// A leaf that came while this run read: it explains zeros, but content read before it came was rightly still there.
    /// </summary>
    public void OrderedMeanwhile(ulong leaf, Erased erased) => _meanwhile.AddRange(IndexRange.Of(erased.Ranges).Select(range => (leaf, range)));

    public void End()
    {
        foreach (var (index, place) in _gone)
        {
            if (!IsCovered(index))
                report.Difference(place.File, place.Offset, index, place.IsDamaged
                    ? "salt and envelope do not match their checksum" : "salt and envelope are zeroed, and no deletion covers them");
            else if (place.IsDamaged)
                report.Difference(place.File, place.Offset, index, "its deletion was begun and not finished: some bytes still lie there; the next start finishes it");
            else
                ErasedCount++;
        }
        foreach (var (leaf, range, place) in _orders)
        {
            if (range.Last >= leaf)
                report.Difference(place.File, place.Offset, leaf, $"it orders the deletion of entries {range.First} to {range.Last}, which are not all before it");
            for (var index = Math.Max(range.First, _from); index <= range.Last && index < leaf; index++)
                if (!_gone.ContainsKey(index))
                    report.Difference(place.File, place.Offset, index, $"entry {leaf} orders its deletion, and its bytes still lie there; the next start finishes it");
        }
        if (ErasedCount > 0)
            report.Note($"{ErasedCount} entries were lawfully erased");
    }

    private bool IsCovered(ulong index) =>
        _orders.Exists(order => order.Range.Contains(index) && index < order.Leaf)
        || _meanwhile.Exists(order => order.Range.Contains(index) && index < order.Leaf);

    private readonly record struct Place(string File, long Offset, bool IsDamaged);
}
