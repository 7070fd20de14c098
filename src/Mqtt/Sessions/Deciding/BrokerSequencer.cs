using EdgeEnforcement.Mqtt.Sessions.Commands;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// The broker's one thread, on the group commit queue. Each group:
///
///   1. decide every command in order; facts gather in one batch;
///   2. try again what waits for room, if room was made;
///   3. give packet ids and choose deliveries; append the batch;
///   4. flush, if somebody will be told of something that must survive;
///   5. complete the commands, hand out deliveries, PUBRELs, take-overs and presence;
///   6. take a snapshot if the log has grown enough.
///
/// A crash before 4 loses what nobody was told of; after it, deliveries are made again on the next connection. An exception anywhere
/// ends the broker: its state may be ahead of the disk, so nothing more is decided by it.
/// </summary>
internal sealed class BrokerSequencer(BrokerCore core, TimeProvider time) : IGroupCommitOwner<Command>
{
    // Completed by the next flush.
    private readonly List<Command> _awaiting = [];

    public int SizeOf(Command item) => item.SizeBytes;

    public void Stage(ReadOnlySpan<Command> items)
    {
        core.Now = time.GetUtcNow().ToUnixTimeMilliseconds();
        core.Log.BeginGroup();
        foreach (var command in items)
        {
            command.Decide(core);
            core.Log.AppendIfLarge();
        }
        core.Parking.Retry();
        core.Pump.Run();
        core.Log.Append();
    }

    public void Flush()
    {
        if (!core.Log.MustFlush)
            return;
        var started = time.GetTimestamp();
        core.Log.Flush();
        core.Metrics.Flushed(core.Log.GroupBytes, time.GetElapsedTime(started));
    }

    public void Complete(ReadOnlySpan<Command> items)
    {
        foreach (var command in items)
            if (command.AwaitsFlush)
                _awaiting.Add(command);
            else if (command.IsDecided)
                command.Complete();
        foreach (var command in core.DecidedLate)
            command.Complete();
        core.DecidedLate.Clear();
        if (!core.Log.HasUnflushed)
            CompleteAwaiting();
        core.Outbox.HandOut();
        core.Metrics.Grouped(items.Length, core.PublishedCount, core.Outbox.TakeDeliveryCount());
        core.PublishedCount = 0;
        if (core.Log.IsSnapshotDue)
            TakeSnapshot();
    }

    private void CompleteAwaiting()
    {
        foreach (var command in _awaiting)
            command.Complete();
        _awaiting.Clear();
    }

    private void TakeSnapshot()
    {
        var started = time.GetTimestamp();
        core.Log.TakeSnapshot(core.State);
        CompleteAwaiting();
        core.Metrics.SnapshotTaken(time.GetElapsedTime(started));
    }

    public void Fail(ReadOnlySpan<Command> items, Exception cause)
    {
        var stopped = cause as BrokerStoppedException ?? new BrokerStoppedException($"The broker stopped: {cause.Message}", cause);
        foreach (var command in items)
            command.Fail(stopped);
        foreach (var command in core.DecidedLate.Concat(_awaiting))
            command.Fail(stopped);
        core.DecidedLate.Clear();
        _awaiting.Clear();
        core.Parking.Fail(stopped);
    }
}
