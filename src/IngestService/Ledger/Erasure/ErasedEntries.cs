namespace EdgeEnforcement.IngestService.Ledger.Erasure;

/// <summary>
/// Which entries were lawfully deleted. One writer (the sequencer, or recovery before it runs); read by every reader of the ledger,
/// which gives out nothing of them from the moment they stand here, before the first byte is zeroed.
/// </summary>
internal sealed class ErasedEntries
{
    private Published _now = new([], 0);

    /// <summary>One above the newest deletion leaf that is obeyed here; 0 when there was none.</summary>
    public ulong Through => Volatile.Read(ref _now).Through;

    public IReadOnlyList<IndexRange> Ranges => Volatile.Read(ref _now).Ranges;

    public bool Covers(ulong index)
    {
        var ranges = Volatile.Read(ref _now).Ranges;
        int low = 0, high = ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].Contains(index))
                return true;
            if (ranges[middle].First > index)
                high = middle - 1;
            else
                low = middle + 1;
        }
        return false;
    }

    public void Publish(IEnumerable<IndexRange> ranges, ulong through)
    {
        var now = Volatile.Read(ref _now);
        Volatile.Write(ref _now, new Published(IndexRange.Merge(now.Ranges.Concat(ranges)), Math.Max(now.Through, through)));
    }

    private sealed record Published(IndexRange[] Ranges, ulong Through);
}
