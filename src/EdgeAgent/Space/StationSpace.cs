using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Space;

/// How full the station is, and what it therefore takes. Measured by SpacePump, asked by the spool and by the bays.
internal sealed class StationSpace
{
    // The volume may fill between two measurements by somebody else's doing; asking it costs microseconds, so not for every record.
    private static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(100);

    private readonly SpaceOptions _options;
    private readonly AgentMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SpaceGauge _gauge;
    private readonly Func<long> _freeBytes;
    private long _freeAt = long.MinValue;
    private long _free = long.MaxValue;
    private long _notTaken;

    public StationSpace(AgentPaths paths, IFileSystem files, IOptions<SpaceOptions> options, AgentMetrics metrics, TimeProvider time)
    {
        _options = options.Value;
        _metrics = metrics;
        _time = time;
        _freeBytes = () => files.GetFreeBytes(paths.Root);
        var tally = new DirectoryTally(paths.Root, time);
        _gauge = new SpaceGauge(_options.QuotaBytes, _options.ReserveBytes, tally.Bytes, _freeBytes);
    }

    public SpaceState State => _gauge.State;

    public SpaceReading Reading => _gauge.Reading;

    /// P1 and P2 records their sources were told to keep, since the start.
    public long NotTaken => Interlocked.Read(ref _notTaken);

    public (SpaceState Before, SpaceState After) Measure() => _gauge.Measure();

    /// Null when a record of this class is taken, else the reason its source is given. P0 always is: the last 2 % are kept for it.
    public string? WhyNot(RecordClass recordClass)
    {
        if (recordClass == RecordClass.P0 || (State < SpaceState.ReserveOnly && FreeNow() >= _options.ReserveBytes))
            return null;
        Interlocked.Increment(ref _notTaken);
        _metrics.RecordNotTaken(recordClass.ToString());
        return FormattableString.Invariant($"station disk {Reading.Percent:F1} % full: only P0 is taken until it is below {SpacePolicy.MarkOf(SpaceState.ReserveOnly) - SpacePolicy.MarginPercent} %");
    }

    /// Null when a file of this size may be taken, else what to say at the bay.
    public string? WhyNoFootage(long sizeBytes)
    {
        var with = _gauge.ReadingWith(sizeBytes);
        return State >= SpaceState.HoldMedia
            ? FormattableString.Invariant($"station disk {Reading.Percent:F0} % full: footage stays on the recorder")
            : with.Percent >= SpacePolicy.MarkOf(SpaceState.HoldMedia)
            ? FormattableString.Invariant($"station disk would be {with.Percent:F0} % full: footage stays on the recorder")
            : null;
    }

    private long FreeNow()
    {
        var now = _time.GetTimestamp();
        var at = Interlocked.Read(ref _freeAt);
        // Two threads may both look: they see the same disk.
        if (at == long.MinValue || _time.GetElapsedTime(at, now) >= FreshFor)
        {
            Interlocked.Exchange(ref _free, _freeBytes());
            Interlocked.Exchange(ref _freeAt, now);
        }
        return Interlocked.Read(ref _free);
    }
}
