using System.Diagnostics.Metrics;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>Who is there, and what it costs the ledger to say so.</summary>
internal sealed class PresenceMetrics
{
    private readonly Counter<long> _entries;
    private readonly Counter<long> _changes;
    private readonly Gauge<int> _connected;
    private readonly Gauge<int> _gone;
    private readonly Gauge<long> _unfollowed;

    public PresenceMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(DoorMetrics.MeterName);
        _entries = meter.CreateCounter<long>("door.presence.entries", "{entry}", "presence entries in the ledger");
        _changes = meter.CreateCounter<long>("door.presence.changes", "{change}", "changes of presence in the ledger");
        _connected = meter.CreateGauge<int>("door.presence.connected", "{device}", "devices that are connected");
        _gone = meter.CreateGauge<int>("door.presence.gone", "{device}", "devices that are suspect, or were lost within the window");
        _unfollowed = meter.CreateGauge<long>("door.presence.unfollowed", "{change}", "changes of devices beyond the largest number that is followed");
    }

    public void Written(int changes)
    {
        _entries.Add(1);
        _changes.Add(changes);
    }

    public void Stand(PresenceBook book)
    {
        _connected.Record(book.All.Connected);
        _gone.Record(book.All.Gone);
        _unfollowed.Record(book.UnfollowedCount);
    }
}
