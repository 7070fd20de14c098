using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Puts the station's state into the spool as a P2 record: every interval while something changes, and at least every quiet interval.
/// Its marks tell the centre the last number given in each class, so that a lost tail is a known gap.
internal sealed class StatusPump(
    AgentSpool spool, AgentStatusReader status, DockPump dock, IOptions<StatusOptions> options, TimeProvider time) : IAgentLoop
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        await spool.Opened.WaitAsync(cancellation);
        using var ticks = new PeriodicTimer(options.Value.RecordInterval, time);
        var (last, lastAt) = ("", DateTimeOffset.MinValue);
        do
        {
            var marks = spool.Marks();
            // P2's own mark moves with every status record; counting it as a change would never end.
            var seen = string.Join('|', marks.Where(m => m.RecordClass != RecordClass.P2).Select(m => m.LastSequence))
                + string.Join('|', dock.Bays.Select(b => b.Snapshot));
            var now = time.GetUtcNow();
            if (seen == last && now - lastAt < options.Value.QuietInterval)
                continue;
            try
            {
                await spool.AppendAsync(RecordClass.P2, Record(marks), cancellation);
                (last, lastAt) = (seen, now);
            }
            catch (StationFullException)
            {
                // No room for status: the change to this state was said in P0, the next status comes when there is room.
            }
        }
        while (await ticks.WaitForNextTickAsync(cancellation));
    }

    /// The state as it is now, out of turn.
    public Task SayAsync(RecordClass recordClass, CancellationToken cancellation) =>
        spool.AppendAsync(recordClass, Record(spool.Marks()), cancellation);

    private Record Record(IReadOnlyList<SequenceMark> marks)
    {
        var snapshot = status.Read();
        var report = new AgentStatus { SpoolBytes = (ulong)snapshot.SpoolBytes, UnsentRecords = snapshot.Unsent };
        report.Storage = (StorageState)(Enum.Parse<SpaceState>(snapshot.DiskState) + 1);
        report.StorageUsedPercent = snapshot.DiskUsedPercent;
        report.ConfigurationEntry = snapshot.Configuration?.Entry ?? 0;
        report.RefusedRecords = (ulong)snapshot.RecordsNotTaken;
        report.Marks.AddRange(marks);
        report.Bays.AddRange(snapshot.Bays.Select(b => new BayStatus
        {
            Bay = (uint)b.Bay,
            State = b.State,
            Recorder = b.Recorder,
            FilesTotal = (uint)b.FilesTotal,
            FilesDone = (uint)b.FilesDone,
            BytesTotal = (ulong)b.BytesTotal,
            BytesDone = (ulong)b.BytesDone,
            Remark = b.Remark,
        }));
        return new Record { SourceDevice = snapshot.Producer, Sensitivity = Sensitivity.Internal, AgentStatus = report };
    }
}
