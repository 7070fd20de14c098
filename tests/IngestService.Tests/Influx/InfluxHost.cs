using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Storage.Influx;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.IngestService.Tests.Influx;

/// <summary>The pump to an Influx, its files in a folder of their own.</summary>
internal sealed class InfluxHost : IAsyncDisposable
{
    private readonly ILedgerReader _ledger;

    private InfluxHost(ILedgerReader ledger, InfluxOptions options, string directory)
    {
        _ledger = ledger;
        Directory = directory;
        Parts = new InfluxParts(options, directory);
        Pump = new InfluxPump(ledger, Parts, NullLogger<InfluxPump>.Instance, TimeProvider.System);
    }

    public string Directory { get; }

    public InfluxParts Parts { get; }

    public InfluxPump Pump { get; }

    public string Refused => File.Exists(Parts.Quarantine.Path) ? File.ReadAllText(Parts.Quarantine.Path) : "";

    public static InfluxOptions Options(string url, int batch = 500) => new()
    {
        Url = url, BatchPoints = batch, FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(60),
    };

    public static async Task<InfluxHost> StartAsync(ILedgerReader ledger, InfluxOptions options, string? directory = null)
    {
        InfluxHost host = new(ledger, options, directory ?? System.IO.Directory.CreateTempSubdirectory("influx-").FullName);
        await host.Pump.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public async Task CatchUpAsync() =>
        await Pump.Cursor.WaitForAsync(_ledger.DurableSize, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2));

    public async ValueTask DisposeAsync()
    {
        await Pump.DisposeAsync();
        Parts.Dispose();
    }
}
