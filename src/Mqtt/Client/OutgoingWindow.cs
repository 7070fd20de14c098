namespace EdgeEnforcement.Mqtt.Client;

/// <summary>
/// Publishes in their order: those of this connection that wait for an answer, then those still to be sent on it. A new connection puts the
/// border back to the first, so that everything unanswered goes again in the original order (MQTT5-4.6.0-1). The quota is the server's Receive
/// Maximum (MQTT5-3.3.4-7); QoS 0 needs none, but waits behind what does. Not synchronised.
/// </summary>
internal sealed class OutgoingWindow(PacketIds ids)
{
    private readonly LinkedList<OutgoingMessage> _messages = new();
    private readonly Dictionary<ushort, LinkedListNode<OutgoingMessage>> _sent = [];
    private LinkedListNode<OutgoingMessage>? _next;
    private int _quota;

    public int Count => _messages.Count;

    public void Add(OutgoingMessage message)
    {
        if (message.Message.QoS != QoS.AtMostOnce)
            message.PacketId = ids.Take();
        var node = _messages.AddLast(message);
        _next ??= node;
    }

    /// <summary>
    /// A connection begins. Without a session, QoS 1 that was sent goes again as a new message: at least once is what was promised. QoS 2 that was
    /// sent is lost to the session: sending it again could be twice, so it is taken out and returned, and the caller decides.
    /// </summary>
    public List<OutgoingMessage> Begin(bool sessionPresent, int quota)
    {
        _sent.Clear();
        List<OutgoingMessage> lost = [];
        for (var node = _messages.First; !sessionPresent && node is not null;)
        {
            var next = node.Next;
            if (node.Value.State != OutgoingState.Waiting && node.Value.Message.QoS == QoS.ExactlyOnce)
            {
                lost.Add(node.Value);
                Remove(node);
            }
            node.Value.State = OutgoingState.Waiting;
            node = next;
        }
        _next = _messages.First;
        _quota = quota;
        return lost;
    }

    /// <summary>The next to send, by its state a PUBLISH (again) or a PUBREL; false when nothing waits or the quota is used up.</summary>
    public OutgoingMessage? TakeNext()
    {
        if (_next is not { } node || (node.Value.PacketId != 0 && _quota == 0))
            return null;
        _next = node.Next;
        if (node.Value.PacketId == 0)
        {
            Remove(node);
        }
        else
        {
            _quota--;
            _sent.Add(node.Value.PacketId, node);
        }
        return node.Value;
    }

    /// <summary>PUBACK, PUBCOMP, or a PUBREC that says no. Null: no such message is on its way, and nothing changes.</summary>
    public OutgoingMessage? End(ushort packetId, OutgoingState expected, QoS qos)
    {
        if (!_sent.TryGetValue(packetId, out var node) || node.Value.State != expected || node.Value.Message.QoS != qos)
            return null;
        Remove(node);
        _quota++;
        return node.Value;
    }

    /// <summary>PUBREC. False: no such message is on its way. A second PUBREC is answered like the first.</summary>
    public bool Receive(ushort packetId)
    {
        if (!_sent.TryGetValue(packetId, out var node) || node.Value.Message.QoS != QoS.ExactlyOnce)
            return false;
        node.Value.State = OutgoingState.Received;
        return true;
    }

    /// <summary>What <see cref="TakeNext"/> gave cannot be sent.</summary>
    public void GiveUp(OutgoingMessage message)
    {
        if (!_sent.TryGetValue(message.PacketId, out var node))
            return;
        Remove(node);
        _quota++;
    }

    /// <summary>All of them, taken out.</summary>
    public List<OutgoingMessage> Clear()
    {
        var all = _messages.ToList();
        foreach (var message in all.Where(message => message.PacketId != 0))
            ids.GiveBack(message.PacketId);
        _messages.Clear();
        _sent.Clear();
        _next = null;
        return all;
    }

    private void Remove(LinkedListNode<OutgoingMessage> node)
    {
        _messages.Remove(node);
        if (node.Value.PacketId == 0)
            return;
        _sent.Remove(node.Value.PacketId);
        ids.GiveBack(node.Value.PacketId);
    }
}
