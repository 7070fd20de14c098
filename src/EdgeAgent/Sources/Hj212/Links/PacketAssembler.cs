using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// Puts split messages together again. What is not whole within its time is given out as it is: each packet is a whole data area of its own,
/// nothing depends on the others. Owned by its link's loop.
internal sealed class PacketAssembler(TimeSpan patience)
{
    private const int MostOpen = 16;

    private readonly Dictionary<PacketKey, PacketSet> _open = [];

    /// When the first open set has waited long enough; null: none is open.
    public DateTimeOffset? Due => _open.Count == 0 ? null : _open.Values.Min(s => s.Due);

    /// Sets that are done with: complete by this packet, or displaced by it.
    public IReadOnlyList<PacketSet> Add(ReceivedMessage packet, DateTimeOffset now)
    {
        var done = new List<PacketSet>();
        var message = packet.Message;
        var key = PacketKey.Of(message);
        if (!_open.TryGetValue(key, out var set) || !set.TryAdd(packet))
        {
            if (set is not null || _open.Count == MostOpen)
                done.Add(Remove(set is not null ? key : _open.MinBy(p => p.Value.Due).Key));
            set = new PacketSet(message.PacketCount, now + patience);
            set.TryAdd(packet);
            _open.Add(key, set);
        }
        if (set.IsComplete)
            done.Add(Remove(key));
        return done;
    }

    /// Sets whose time is over; at the link's end all of them.
    public IReadOnlyList<PacketSet> TakeDue(DateTimeOffset now)
    {
        var due = _open.Where(p => p.Value.Due <= now).Select(p => p.Key).ToList();
        return [.. due.Select(Remove)];
    }

    private PacketSet Remove(PacketKey key)
    {
        _open.Remove(key, out var set);
        return set!; // every caller has it from the dictionary
    }
}
