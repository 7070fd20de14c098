namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;

/// Which stretches of time the readings of one station and kind cover. Stretches that touch are one, so a year without a gap is one row.
/// Not synchronised: its owner's loop alone touches it.
internal sealed class PeriodCoverage
{
    // Sorted, apart from each other.
    private readonly List<Stretch> _covered = [];

    public PeriodCoverage()
    {
    }

    public PeriodCoverage(IEnumerable<Stretch> stretches)
    {
        foreach (var stretch in stretches)
            Add(stretch);
    }

    public IReadOnlyList<Stretch> Stretches => _covered;

    public bool IsEmpty => _covered.Count == 0;

    /// True when it says something that was not known.
    public bool Add(Stretch stretch)
    {
        if (stretch.End <= stretch.Begin)
            return false;
        var first = _covered.FindIndex(c => c.End >= stretch.Begin);
        if (first < 0)
        {
            _covered.Add(stretch);
            return true;
        }
        var past = _covered.FindIndex(first, c => c.Begin > stretch.End);
        var count = (past < 0 ? _covered.Count : past) - first;
        if (count == 0)
        {
            _covered.Insert(first, stretch);
            return true;
        }
        var (begin, end) = (_covered[first].Begin, _covered[first + count - 1].End);
        if (count == 1 && begin <= stretch.Begin && end >= stretch.End)
            return false;
        _covered.RemoveRange(first, count);
        _covered.Insert(first, new Stretch(begin < stretch.Begin ? begin : stretch.Begin, end > stretch.End ? end : stretch.End));
        return true;
    }

    /// What is not covered between the first reading there is, but not before <paramref name="from"/>, and <paramref name="until"/>.
    public IEnumerable<Stretch> Gaps(DateTimeOffset from, DateTimeOffset until)
    {
        if (IsEmpty)
            yield break;
        var at = from > _covered[0].Begin ? from : _covered[0].Begin;
        foreach (var covered in _covered)
        {
            if (covered.Begin >= until)
                break;
            if (covered.Begin > at)
                yield return new Stretch(at, covered.Begin);
            if (covered.End > at)
                at = covered.End;
        }
        if (at < until)
            yield return new Stretch(at, until);
    }

    /// Forgets stretches that end before an instant; the last stays, it says until when there was something.
    public void Trim(DateTimeOffset before)
    {
        while (_covered.Count > 1 && _covered[0].End <= before)
            _covered.RemoveAt(0);
    }
}
