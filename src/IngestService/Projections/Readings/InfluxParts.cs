using EdgeEnforcement.IngestService.Storage.Influx;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>What belongs to the one Influx there is: its client, and its files under DATA/influx.</summary>
internal sealed class InfluxParts : IDisposable
{
    public InfluxParts(InfluxOptions options, string dataDirectory)
    {
        string folder = Path.GetFullPath(Path.Combine(dataDirectory, "influx"));
        PhysicalFileSystem files = new();
        Options = options;
        Client = new InfluxClient(options);
        Cursor = new InfluxCursor(files, Path.Combine(folder, "cursor"), Client.Target);
        Quarantine = new InfluxQuarantine(files, Path.Combine(folder, "refused.lp"), options.QuarantineBytes);
    }

    public InfluxOptions Options { get; }

    public InfluxClient Client { get; }

    public InfluxCursor Cursor { get; }

    public InfluxQuarantine Quarantine { get; }

    public void Dispose() => Client.Dispose();
}
