using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Erasure;

/// <summary>Entries <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
internal readonly record struct IndexRange(ulong First, ulong Last)
{
    public bool Contains(ulong index) => First <= index && index <= Last;

    public RecordRange ToRecords() => new(new RecordIndex(First), new RecordIndex(Last));

    public EntryRange ToMessage() => new() { First = First, Last = Last };

    /// <summary>Ascending, disjoint and not adjacent, whatever came in.</summary>
    public static IndexRange[] Merge(IEnumerable<IndexRange> ranges)
    {
        List<IndexRange> merged = [];
        foreach (var range in ranges.OrderBy(r => r.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = merged[^1] with { Last = Math.Max(merged[^1].Last, range.Last) };
            else
                merged.Add(range);
        }
        return [.. merged];
    }

    public static IndexRange[] Of(IEnumerable<ulong> indexes) => Merge(indexes.Select(index => new IndexRange(index, index)));

    public static IndexRange[] Of(IEnumerable<EntryRange> ranges) => Merge(ranges.Select(range => new IndexRange(range.First, range.Last)));
}
