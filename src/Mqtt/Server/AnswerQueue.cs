namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// The order in which a connection answers: a ring of tickets between its two loops.
/// <code>
///    ... free | decided, not sent yet | waiting | free ...
///             ^ _head (writing loop)            ^ _tail (reading loop)
/// </code>
/// The reading loop takes a place for each packet that is owed an answer and waits while the window is full; the writing loop sends from the head
/// what is decided, never past a place that is not. Tickets of places that became free are used again, the newest first, so a connection has
/// as many as it ever had in flight.
/// </summary>
internal sealed class AnswerQueue(int capacity, Action wake)
{
    private readonly int _mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity) - 1;

    // Made at the first packet that is owed an answer: most connections only listen.
    private IntakeTicket[]? _ring;
    private long _head;
    private long _tail;
    private TaskCompletionSource? _room;

    // Owned by the reading loop.
    private readonly Stack<IntakeTicket> _free = new();
    private long _harvested;
    private int _ticketCount;

    public bool IsEmpty => Volatile.Read(ref _head) == Volatile.Read(ref _tail);

    public int Count => (int)(Volatile.Read(ref _tail) - Volatile.Read(ref _head));

    public bool IsFull => Count >= capacity;

    /// <summary>Reading loop: there is room.</summary>
    public IntakeTicket Add(AnswerType type, ushort packetId, bool isIntakes = false)
    {
        _ring ??= new IntakeTicket[_mask + 1];
        var head = Volatile.Read(ref _head);
        for (; _harvested < head; _harvested++)
            _free.Push(_ring[_harvested & _mask]);
        if (!_free.TryPop(out var ticket))
            ticket = new IntakeTicket(_ticketCount++, wake);
        ticket.Begin(type, packetId, isIntakes);
        _ring[_tail & _mask] = ticket;
        Volatile.Write(ref _tail, _tail + 1);
        return ticket;
    }

    /// <summary>Reading loop: returns when there is room.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        while (IsFull)
        {
            var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _room, room);
            Interlocked.MemoryBarrier(); // announce, then look again: the other half is in Removed
            if (IsFull)
                await room.Task.WaitAsync(cancellation);
        }
        Volatile.Write(ref _room, null);
    }

    /// <summary>Writing loop: the ticket at the head, if it is decided.</summary>
    public bool TryPeek([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IntakeTicket? ticket)
    {
        ticket = null;
        if (_head == Volatile.Read(ref _tail))
            return false;
        ticket = _ring![_head & _mask]; // made before the tail moved
        return ticket.IsDecided;
    }

    /// <summary>Writing loop: the head was sent.</summary>
    public void Remove() => Volatile.Write(ref _head, _head + 1);

    /// <summary>Writing loop: after some were removed.</summary>
    public void Removed()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _room) is { } room)
            room.TrySetResult();
    }
}
