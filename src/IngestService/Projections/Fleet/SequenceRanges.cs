namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>Arithmetic of inclusive ranges.</summary>
internal static class SequenceRanges
{
    /// <summary>Numbers in <paramref name="missing"/> (ranges that do not overlap) that no range of <paramref name="explained"/> covers.</summary>
    public static ulong CountUnexplained(
        IEnumerable<(ulong First, ulong Last)> missing, IEnumerable<(ulong First, ulong Last)> explained)
    {
        List<(ulong First, ulong Last)> covers = [.. explained.OrderBy(range => range.First)];
        ulong count = 0;
        foreach ((ulong first, ulong last) in missing)
            count += CountUncovered(first, last, covers);
        return count;
    }

    private static ulong CountUncovered(ulong first, ulong last, List<(ulong First, ulong Last)> covers)
    {
        ulong count = 0;
        ulong next = first; // everything below is counted or covered
        foreach ((ulong from, ulong to) in covers)
        {
            if (to < next)
                continue;
            if (from > last)
                break;
            if (from > next)
                count += from - next;
            if (to >= last)
                return count;
            next = to + 1;
        }

        return count + (last - next + 1);
    }
}
