namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// The packets of one message, as far as they have come. Owned by its link's loop.
internal sealed class PacketSet(int count, DateTimeOffset due)
{
    private readonly SortedDictionary<int, ReceivedMessage> _packets = [];

    public DateTimeOffset Due { get; } = due;

    public bool IsComplete => _packets.Count == count;

    /// In the order of their numbers, not of their arrival.
    public IReadOnlyList<ReceivedMessage> Packets => [.. _packets.Values];

    /// Packets that came again; they are answered and not kept twice.
    public List<ReceivedMessage> Repeated { get; } = [];

    /// False: another packet is here under this number already.
    public bool TryAdd(ReceivedMessage packet)
    {
        if (_packets.TryAdd(packet.Message.PacketNumber, packet))
            return true;
        if (_packets[packet.Message.PacketNumber].Message.Area != packet.Message.Area)
            return false;
        Repeated.Add(packet);
        return true;
    }
}
