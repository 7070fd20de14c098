using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// Which packets of each split message are stored, in whatever way they come: together, one by one as each is answered, late, or again.
/// A message of which nothing more comes for longer than its station would go on resending is given out with what it lacks. Owned by its
/// link's loop.
internal sealed class SplitMessages(TimeSpan patience)
{
    // Messages of one link that lack something at a time; above, the oldest is given out at once.
    private const int MostOpen = 64;

    private sealed record Waiting(ReceivedMessage First, SplitHistory History, SortedSet<int> Came)
    {
        public DateTimeOffset Due { get; set; }
    }

    private readonly Dictionary<PacketKey, Waiting> _waiting = [];

    /// When the first has waited long enough; null: nothing is missing.
    public DateTimeOffset? Due => _waiting.Count == 0 ? null : _waiting.Values.Min(w => w.Due);

    /// What is stored now; messages that are not split are passed over.
    public IReadOnlyList<IncompleteMessage> Stored(StationState station, IEnumerable<ReceivedMessage> packets, DateTimeOffset now)
    {
        var given = new List<IncompleteMessage>();
        foreach (var packet in packets.Where(p => p.Message.IsSplit))
        {
            var key = PacketKey.Of(packet.Message);
            if (!_waiting.TryGetValue(key, out var waiting))
            {
                if (_waiting.Count == MostOpen)
                    given.Add(Remove(_waiting.MinBy(w => w.Value.Due).Key));
                _waiting.Add(key, waiting = new Waiting(packet, station.Split, HasName(key) ? station.Split.Take(key) : []));
            }
            waiting.Came.Add(packet.Message.PacketNumber);
            waiting.Due = now + patience;
            if (waiting.Came.Count == key.Count)
                Remove(key);
        }
        return given;
    }

    /// Those whose time is over; at the link's end all of them.
    public IReadOnlyList<IncompleteMessage> TakeDue(DateTimeOffset now) => [.. _waiting.Where(w => w.Value.Due <= now).Select(w => w.Key).ToList().Select(Remove)];

    // Without a time two messages of one command cannot be told apart.
    private static bool HasName(PacketKey key) => key.DataTime.Length > 0;

    private IncompleteMessage Remove(PacketKey key)
    {
        _waiting.Remove(key, out var waiting);
        var (first, history, came) = waiting!; // every caller has it from the dictionary
        if (HasName(key))
            history.Put(key, came);
        return new IncompleteMessage(first, [.. came], [.. Enumerable.Range(1, key.Count).Except(came)]);
    }
}
