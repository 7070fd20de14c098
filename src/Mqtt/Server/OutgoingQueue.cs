using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// What the broker wants sent, between its thread and the writing loop. Bounded by being busy: the broker asks before each delivery, so at most
/// one message is above the limit. Releases are not asked for; there are never more of them than unanswered deliveries.
/// </summary>
internal sealed class OutgoingQueue(int limitBytes)
{
    private readonly Lock _gate = new();
    private Queue<OutgoingItem>? _items; // only for who receives anything
    private int _bytes;
    private bool _busy = true; // until CONNACK is written

    public bool IsBusy => Volatile.Read(ref _busy);

    public void Add(in OutgoingItem item)
    {
        lock (_gate)
        {
            (_items ??= new Queue<OutgoingItem>()).Enqueue(item);
            _bytes += item.SizeBytes;
            if (_bytes >= limitBytes)
                Volatile.Write(ref _busy, true);
        }
    }

    public bool TryTake(out OutgoingItem item)
    {
        lock (_gate)
        {
            if (_items is null || !_items.TryDequeue(out item))
            {
                item = default;
                return false;
            }
            _bytes -= item.SizeBytes;
            return true;
        }
    }

    /// <summary>True when there was no room and now there is: the broker wants to know. Half the limit apart, so that it is not told at every message.</summary>
    public bool TryBecomeReady()
    {
        lock (_gate)
        {
            if (!_busy || _bytes > limitBytes / 2)
                return false;
            Volatile.Write(ref _busy, false);
            return true;
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _items is null or { Count: 0 };
        }
    }
}
