namespace EdgeEnforcement.Mqtt.Sessions.State;

/// <summary>
/// What one session has still to get, in one list in the order it came:
///
///   first → Released Sent Sent | Waiting Waiting Waiting → last
///                              ^ cursor: the first that the present connection has not handled
///
/// Packet ids are given at the cursor, so what has one stands before what has none, and a new connection that sets the cursor back to the
/// front repeats in the original order [MQTT5-4.6.0-1] [MQTT3-4.6.0-1]. QoS 0 is in it only for retained messages, which wait their turn.
/// Waiting and unanswered QoS 1 and 2 count towards the limits of the queue.
/// </summary>
internal sealed class OutgoingQueue
{
    private Outgoing? _last;
    private Dictionary<ushort, Outgoing>? _byId;
    private ushort _lastId;
    private ulong _releaseOrder;

    public Outgoing? First { get; private set; }

    public Outgoing? Cursor { get; private set; }

    /// QoS 1 and 2 only.
    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// Entries that belong to a shared group.
    public int SharedCount { get; private set; }

    /// Retained messages of QoS 0 that have not gone out, and what came behind them.
    public int OnceCount { get; private set; }

    public int TotalCount => Count + OnceCount;

    /// Unanswered on the present connection.
    public int WindowCount { get; private set; }

    /// No later than the first instant at which something in it expires.
    public long EarliestExpiry { get; private set; } = StoredMessage.Never;

    public bool IsEmpty => First is null;

    public bool HasRoom(int sizeBytes, BrokerOptions options) =>
        Count < options.MaximumQueuedCount && (Count == 0 || Bytes + sizeBytes <= options.MaximumQueuedBytes);

    public Outgoing? Find(ushort packetId) => _byId?.GetValueOrDefault(packetId);

    public void Add(Outgoing entry)
    {
        entry.Previous = _last;
        if (_last is null)
            First = entry;
        else
            _last.Next = entry;
        _last = entry;
        Cursor ??= entry;
        if (entry.Form.SharedFilter is not null)
            SharedCount++;
        if (entry.QoS == QoS.AtMostOnce)
        {
            OnceCount++;
            return;
        }
        Count++;
        Bytes += entry.Message.SizeBytes;
        EarliestExpiry = Math.Min(EarliestExpiry, entry.Message.ExpiresAt);
    }

    /// After what had expired was taken out: looks at the rest.
    public void FindEarliestExpiry()
    {
        EarliestExpiry = StoredMessage.Never;
        for (var entry = First; entry is not null; entry = entry.Next)
            if (entry.State == OutgoingState.Waiting)
                EarliestExpiry = Math.Min(EarliestExpiry, entry.Message.ExpiresAt);
    }

    /// The lowest id after the last one given that is free; ids come round late, so that a late answer meets nobody.
    public ushort NextPacketId()
    {
        var id = _lastId;
        do
            id = id == ushort.MaxValue ? (ushort)1 : (ushort)(id + 1);
        while (_byId is not null && _byId.ContainsKey(id));
        return id;
    }

    public void Assign(Outgoing entry, ushort packetId)
    {
        entry.State = OutgoingState.Sent;
        entry.PacketId = _lastId = packetId;
        (_byId ??= []).Add(packetId, entry);
    }

    public void Release(Outgoing entry)
    {
        entry.State = OutgoingState.Released;
        entry.ReleaseOrder = ++_releaseOrder;
    }

    public void EnterWindow(Outgoing entry)
    {
        if (entry.IsInWindow)
            return;
        entry.IsInWindow = true;
        WindowCount++;
    }

    public void PassCursor() => Cursor = Cursor?.Next;

    public void Remove(Outgoing entry)
    {
        if (ReferenceEquals(Cursor, entry))
            Cursor = entry.Next;
        if (entry.Previous is null)
            First = entry.Next;
        else
            entry.Previous.Next = entry.Next;
        if (entry.Next is null)
            _last = entry.Previous;
        else
            entry.Next.Previous = entry.Previous;
        entry.Previous = entry.Next = null;

        if (entry.IsInWindow)
            WindowCount--;
        if (entry.PacketId != 0)
            _byId?.Remove(entry.PacketId);
        if (entry.Form.SharedFilter is not null)
            SharedCount--;
        if (entry.QoS == QoS.AtMostOnce)
        {
            OnceCount--;
            return;
        }
        Count--;
        Bytes -= entry.Message.SizeBytes;
    }

    /// The connection ended: nothing was handled on the next one. Quotas are not kept over connections (5.0, section 4.9), nor is QoS 0.
    public void Rewind()
    {
        if (OnceCount > 0)
            foreach (var entry in Entries())
                if (entry.QoS == QoS.AtMostOnce)
                    Remove(entry);
        Cursor = First;
        WindowCount = 0;
        if (_byId is null)
            return;
        foreach (var entry in _byId.Values)
            entry.IsInWindow = false;
    }

    public IEnumerable<Outgoing> Entries()
    {
        for (var entry = First; entry is not null;)
        {
            var next = entry.Next; // the caller may remove what it was given
            yield return entry;
            entry = next;
        }
    }

    /// In the order of their PUBRECs.
    public IEnumerable<Outgoing> Released() =>
        _byId is null ? [] : _byId.Values.Where(e => e.State == OutgoingState.Released).OrderBy(e => e.ReleaseOrder);
}
