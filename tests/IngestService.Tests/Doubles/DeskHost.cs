using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using System.Diagnostics.Metrics;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>Projections over a ledger, on real files in a folder of their own.</summary>
internal sealed class DeskHost : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public DeskHost(ILedgerReader ledger, string? directory = null)
    {
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("desk-").FullName;
        NumberKey = new PartyNumberKey(Directory);
        Metrics = new ProjectionMetrics(_services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        Projections = new ProjectionSet(new ProjectionSetting(Directory), ledger, new ProjectionMemory(Keys, Books, NumberKey), Metrics, NullLogger<ProjectionSet>.Instance, TimeProvider.System);
        Fleet = new FleetReader(Projections.Fleet.File);
        Presence = new PresenceReader(Projections.Fleet.File);
        Media = new MediaReader(Projections.Media.File);
        Alerts = new AlertReader(Projections.Alerts.File);
        Readings = new ReadingsReader(Projections.Readings.File);
        Series = new SeriesReader(Projections.Readings.File);
        Cases = new CaseBoardReader(Projections.CaseBoard.File);
        Registers = new RegisterReader(Projections.Registers.File, Books, NumberKey);
    }

    public string Directory { get; }

    public ProducerKeys Keys { get; } = new();

    public RegisterBooks Books { get; } = new();

    public PartyNumberKey NumberKey { get; }

    public RegisterReader Registers { get; }

    public ProjectionMetrics Metrics { get; }

    public ProjectionSet Projections { get; }

    public FleetReader Fleet { get; }

    public PresenceReader Presence { get; }

    public MediaReader Media { get; }

    public AlertReader Alerts { get; }

    public CaseBoardReader Cases { get; }

    public ReadingsReader Readings { get; }

    public SeriesReader Series { get; }

    public ProjectedSize ProjectedSize => new(Projections);

    public static async Task<DeskHost> StartAsync(ILedgerReader ledger, string? directory = null)
    {
        DeskHost host = new(ledger, directory);
        await host.Projections.StartAsync(TestContext.Current.CancellationToken);
        await host.CatchUpAsync(ledger);
        return host;
    }

    public async Task CatchUpAsync(ILedgerReader ledger)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(5));
        await Projections.WaitForAsync(ledger.DurableSize, deadline.Token);
        await Projections.WaitForReadingsAsync(ledger.DurableSize, deadline.Token);
    }

    /// <summary>All rows of all tables of all projections, as text.</summary>
    public string Dump() => string.Join('\n', new[]
    {
        DumpFile(Projections.Fleet.File), DumpFile(Projections.Media.File), DumpFile(Projections.Alerts.File),
        DumpFile(Projections.CaseBoard.File), DumpFile(Projections.Registers.File), DumpFile(Projections.Readings.File),
    });

    public async ValueTask DisposeAsync()
    {
        await Projections.StopAsync(CancellationToken.None);
        Metrics.Dispose();
        await _services.DisposeAsync();
    }

    /// <summary>All tables but the cursor, whose place in the file may stay behind while nothing concerns the projection.</summary>
    public static string DumpFile(SqliteFile file)
    {
        using SqliteReadLease lease = file.Rent();
        List<string> lines = [Path.GetFileName(file.Path)];
        foreach (string table in lease.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'cursor' ORDER BY name", row => row.GetString(0)))
        {
            lines.Add(table);
            lines.AddRange(lease.Query($"SELECT * FROM {table}", ToLine).Order(StringComparer.Ordinal));
        }

        return string.Join('\n', lines);
    }

    // 1 and '1' and 1.0 are three different things in a file.
    private static string Typed(object value) => value switch
    {
        byte[] bytes => "x" + Convert.ToHexString(bytes),
        string text => $"'{text}'",
        double real => real.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "r",
        DBNull => "NULL",
        _ => value.ToString() ?? "",
    };

    private static string ToLine(SqliteDataReader row)
    {
        object[] values = new object[row.FieldCount];
        row.GetValues(values);
        return string.Join('|', values.Select(Typed));
    }
}
