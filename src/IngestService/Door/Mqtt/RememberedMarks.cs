using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// How far the session log knows of the QoS 2 messages in the ledger. A message is on its way from before it is appended until its packet id
/// is durable in the session log; below the lowest such beginning everything is known there, and after a crash only what lies above is
/// looked at again.
/// </summary>
internal sealed class RememberedMarks(ILedgerReader ledger)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ulong> _underway = [];

    public ulong Bookmark
    {
        get
        {
            lock (_gate)
                return _underway.First?.Value ?? ledger.DurableSize;
        }
    }

    /// <summary>Its entry will be at or above what is durable now. Beginnings never fall, so the first is the lowest.</summary>
    public LinkedListNode<ulong> Begin()
    {
        lock (_gate)
            return _underway.AddLast(ledger.DurableSize);
    }

    /// <summary>Remembered durably, or not kept after all.</summary>
    public void End(LinkedListNode<ulong> mark)
    {
        lock (_gate)
            _underway.Remove(mark);
    }
}
