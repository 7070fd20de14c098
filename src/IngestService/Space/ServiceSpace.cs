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
    private const long AlwaysNews = 64L << 20;
    private const int NewsPercent = 1;

    private readonly SpaceOptions _options;
    private readonly RememberedSpace _memory;
    private readonly DirectoryTally _dataTally;
    private readonly DirectoryTally _mediaTally;
    private long? _remembered;

    public ServiceSpace(IOptions<SpaceOptions> options, IOptions<HostingOptions> hosting, IOptions<MediaOptions> media, IFileSystem files, TimeProvider time)
    {
        _options = options.Value;
        var data = Path.GetFullPath(hosting.Value.DataDirectory);
        var mediaDirectory = Path.GetFullPath(media.Value.Directory);
        _memory = new RememberedSpace(files, Path.Combine(data, "space"));
        _dataTally = _mediaTally = new DirectoryTally(data, time);
        Data = Media = Gauge(data, _options.QuotaBytes, _dataTally, files);
        if (mediaDirectory.StartsWith(data + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return;
        _mediaTally = new DirectoryTally(mediaDirectory, time);
        Media = Gauge(mediaDirectory, _options.MediaQuotaBytes, _mediaTally, files);
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

    /// <summary>
    /// Before the first look. A walk is O(files), and a start is not: what the last process found stands until the first tick, which walks.
    /// How much the volume gives is asked anew in any case.
    /// </summary>
    public void Recall()
    {
        if (_memory.Read() is not { } known)
            return;
        _dataTally.Recall(known.Data);
        if (_mediaTally != _dataTally)
            _mediaTally.Recall(known.Media);
        _remembered = known.Data + known.Media;
    }

    /// <summary>For the next start; only what has changed by enough to make a difference to a mark.</summary>
    public void Remember()
    {
        var (data, media) = (Data.Reading.UsedBytes, Media == Data ? 0 : Media.Reading.UsedBytes);
        if (Data.State == SpaceState.ReserveOnly || (_remembered is { } before && Math.Abs(data + media - before) < AlwaysNews + (before / 100 * NewsPercent)))
            return;
        // Before the write: one that fails is tried again with the next news, not with every look.
        _remembered = data + media;
        _memory.Write(data, media);
    }

    private static RefusalDetail? Above(SpaceGauge gauge, SpaceState mark, string what) => gauge.State < mark
        ? null
        : new RefusalDetail(RefusalCode.Busy,
            FormattableString.Invariant($"the disk is {gauge.Reading.Percent:F1} % full ({gauge.State}): {what} is taken again below {SpacePolicy.MarkOf(mark) - SpacePolicy.MarginPercent} %"));

    private SpaceGauge Gauge(string directory, long quota, DirectoryTally tally, IFileSystem files) =>
        new(quota, _options.ReserveBytes, tally.Bytes, () => files.GetFreeBytes(directory));
}
