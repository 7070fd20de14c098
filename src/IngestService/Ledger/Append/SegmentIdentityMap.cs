using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>Every identity in one segment. Conflict entries are not in it: they must not stand for the original.</summary>
internal sealed class SegmentIdentityMap
{
    private readonly Dictionary<NumberingKey, Dictionary<ulong, ulong>> _places = [];

    public static SegmentIdentityMap Scan(SegmentReader reader, ulong first, ulong next)
    {
        var map = new SegmentIdentityMap();
        if (first == next)
            return map;
        foreach (var record in reader.ReadFrom(new RecordIndex(first), checked((int)(next - first))))
        {
            var leaf = StoredEntry.LeafOf(record);
            if (!leaf.Flags.HasFlag(LeafFlags.Conflict))
                map.Add(KeyOf(leaf), leaf.Sequence, record.Index.Value);
        }
        return map;
    }

    public static NumberingKey KeyOf(Leaf leaf) => new(leaf.Producer, leaf.Epoch, (RecordClass)leaf.Class);

    public void Add(NumberingKey key, ulong sequence, ulong index)
    {
        if (!_places.TryGetValue(key, out var places))
            _places.Add(key, places = []);
        places[sequence] = index;
    }

    public void Adopt(NumberingKey key, Dictionary<ulong, ulong> places)
    {
        if (places.Count > 0)
            _places[key] = places;
    }

    public ulong? Find(NumberingKey key, ulong sequence) =>
        _places.TryGetValue(key, out var places) && places.TryGetValue(sequence, out var index) ? index : null;

    public IReadOnlyDictionary<NumberingKey, SequenceRange> Ranges()
    {
        var ranges = new Dictionary<NumberingKey, SequenceRange>();
        foreach (var (key, places) in _places)
        {
            ulong lowest = ulong.MaxValue, highest = 0;
            foreach (var sequence in places.Keys)
            {
                lowest = Math.Min(lowest, sequence);
                highest = Math.Max(highest, sequence);
            }
            ranges.Add(key, new SequenceRange(lowest, highest));
        }
        return ranges;
    }
}
