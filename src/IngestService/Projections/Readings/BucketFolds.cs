namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>The folds of one bucket, one a series. Reused from bucket to bucket.</summary>
internal sealed class BucketFolds
{
    private const int MostSlots = 16_384;

    private readonly Dictionary<long, Slot> _slots = [];
    private readonly List<Slot> _used = [];
    private readonly PackBuffer _pack = new();
    private long _round;

    public long Bucket { get; private set; }

    public bool IsEmpty => _used.Count == 0;

    public void Begin(long bucket)
    {
        Bucket = bucket;
        _round++;
        _used.Clear();
        // The series of one track after another: those of past ones are not worth their memory.
        if (_slots.Count > MostSlots)
            _slots.Clear();
    }

    /// <summary>Readings come by time: of several of one instant the last counts.</summary>
    public void Add(in ReadingRow reading)
    {
        Slot slot = Find(reading.Series);
        if (slot.Holds && slot.Held.Observed != reading.Observed)
            slot.Fold.Add(slot.Held);
        (slot.Held, slot.Holds) = (reading, true);
    }

    public void Add(long series, in RollUpRow row) => Find(series).Fold.Add(row);

    /// <summary>The bucket's row; valid until the next call.</summary>
    public ReadOnlySpan<byte> Pack()
    {
        _pack.Clear();
        _used.Sort(static (left, right) => left.Series.CompareTo(right.Series));
        foreach (Slot slot in _used)
        {
            if (slot.Holds)
                slot.Fold.Add(slot.Held);
            slot.Holds = false;
            RollUpPack.Write(_pack, slot.Series, slot.Fold.ToRow());
        }
        return _pack.Slice(0, _pack.Length);
    }

    private Slot Find(long series)
    {
        if (!_slots.TryGetValue(series, out Slot? slot))
            _slots.Add(series, slot = new Slot(series));
        if (slot.Round == _round)
            return slot;
        slot.Round = _round;
        slot.Holds = false;
        slot.Fold.Begin(Bucket);
        _used.Add(slot);
        return slot;
    }

    private sealed class Slot(long series)
    {
        public BucketFold Fold;
        public ReadingRow Held;
        public bool Holds;
        public long Round;

        public long Series { get; } = series;
    }
}
