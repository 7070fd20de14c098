using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Space;

/// <summary>
/// What is taken while the disk fills up: the question every door and the sequencer ask. Measured by <see cref="SpaceWatch"/>,
/// answered from memory. Media has a gauge of its own only when it lies outside the data directory; a full media volume then
/// refuses media and nothing else.
/// </summary>
internal sealed class ServiceSpace : ILedgerRoom, IMediaRoom
{
    private readonly SpaceOptions _options;

    public ServiceSpace(IOptions<SpaceOptions> options, IOptions<HostingOptions> hosting, IOptions<MediaOptions> media, IFileSystem files, TimeProvider time)
    {
        _options = options.Value;
        var data = Path.GetFullPath(hosting.Value.DataDirectory);
        var mediaDirectory = Path.GetFullPath(media.Value.Directory);
        Data = Gauge(data, _options.QuotaBytes, files, time);
        Media = mediaDirectory.StartsWith(data + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Data
            : Gauge(mediaDirectory, _options.MediaQuotaBytes, files, time);
    }

    public SpaceGauge Data { get; }

    public SpaceGauge Media { get; }

    /// <summary>Null while a producer's new record of this class is taken.</summary>
    public RefusalDetail? WhyNot(RecordClass recordClass) => recordClass switch
    {
        RecordClass.P0 => Data.State == SpaceState.ReserveOnly && Data.Reading.FreeBytes < _options.FloorBytes
            ? new RefusalDetail(RefusalCode.Busy, $"{Data.Reading.FreeBytes} bytes are free, {_options.FloorBytes} are kept so that the ledger can start again")
            : null,
        RecordClass.P1 => Above(Data, SpaceState.HoldMedia, "P1"),
        RecordClass.P2 or RecordClass.Unspecified => Above(Data, SpaceState.Shed, "P2"),
        _ => throw new ArgumentOutOfRangeException(nameof(recordClass), recordClass, "There is no such class."),
    };

    public RefusalDetail? WhyNoMedia() => Above(Data, SpaceState.HoldMedia, "media") ?? Above(Media, SpaceState.HoldMedia, "media");

    private static RefusalDetail? Above(SpaceGauge gauge, SpaceState mark, string what) => gauge.State < mark
        ? null
        : new RefusalDetail(RefusalCode.Busy,
            FormattableString.Invariant($"the disk is {gauge.Reading.Percent:F1} % full ({gauge.State}): {what} is taken again below {SpacePolicy.MarkOf(mark) - SpacePolicy.MarginPercent} %"));

    private static SpaceGauge Gauge(string directory, long quota, IFileSystem files, TimeProvider time, long reserve)
    {
        var tally = new DirectoryTally(directory, time);
        return new SpaceGauge(quota, reserve, tally.Bytes, () => files.GetFreeBytes(directory));
    }

    private SpaceGauge Gauge(string directory, long quota, IFileSystem files, TimeProvider time) =>
        Gauge(directory, quota, files, time, _options.ReserveBytes);
}
