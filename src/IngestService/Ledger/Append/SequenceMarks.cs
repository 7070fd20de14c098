namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// What is known of one numbering: the highest sequence taken and the ranges below it that never came. Everything that is
/// neither above the mark nor in a gap was taken before; that is the whole of duplicate detection, and it forgets nothing.
/// </summary>
internal sealed class SequenceMarks
{
    /// <summary>A record that would open one more is refused, one that fills a gap is taken.</summary>
    public const int MaximumGaps = 4_096;

    // Ascending, disjoint, not adjacent. Gaps open at the end and are mostly filled from the front.
    private readonly List<SequenceRange> _gaps = [];

    public SequenceMarks()
    {
    }

    public SequenceMarks(ulong high, IEnumerable<SequenceRange> gaps)
    {
        High = high;
        _gaps.AddRange(gaps);
    }

    public ulong High { get; private set; }

    public IReadOnlyList<SequenceRange> Gaps => _gaps;

    public ulong MissingCount
    {
        get
        {
            ulong sum = 0;
            foreach (var gap in _gaps)
                sum += gap.Last - gap.First + 1;
            return sum;
        }
    }

    public SequenceStanding StandingOf(ulong sequence)
    {
        if (sequence > High)
            return sequence > High + 1 && _gaps.Count >= MaximumGaps ? SequenceStanding.OneGapTooMany : SequenceStanding.New;
        return FindGap(sequence) >= 0 ? SequenceStanding.New : SequenceStanding.Taken;
    }

    /// <summary>The standing was <see cref="SequenceStanding.New"/>.</summary>
    public void Take(ulong sequence)
    {
        if (sequence > High)
        {
            if (sequence > High + 1)
                _gaps.Add(new SequenceRange(High + 1, sequence - 1));
            High = sequence;
            return;
        }

        var at = FindGap(sequence);
        if (at < 0)
            throw new InvalidOperationException($"Sequence {sequence} was taken before.");
        var gap = _gaps[at];
        if (gap.First == gap.Last)
            _gaps.RemoveAt(at);
        else if (sequence == gap.First)
            _gaps[at] = gap with { First = sequence + 1 };
        else if (sequence == gap.Last)
            _gaps[at] = gap with { Last = sequence - 1 };
        else
        {
            _gaps[at] = gap with { Last = sequence - 1 };
            _gaps.Insert(at + 1, gap with { First = sequence + 1 });
        }
    }

    private int FindGap(ulong sequence)
    {
        int low = 0, high = _gaps.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_gaps[middle].Contains(sequence))
                return middle;
            if (_gaps[middle].First > sequence)
                high = middle - 1;
            else
                low = middle + 1;
        }
        return -1;
    }
}
