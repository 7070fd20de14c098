using System.Diagnostics.Metrics;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Clerk;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

/// <summary>A clerk on a real file over the ledger double.</summary>
internal sealed class ClerkHost : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ProjectionMetrics _followers;
    private readonly ClerkMetrics _metrics;
    private readonly ClerkPump _pump;
    private readonly MemoryLedger _ledger;

    public ClerkHost(MemoryLedger ledger, string? directory = null, Action? beforeCommit = null, ILedgerReader? reader = null)
    {
        _ledger = ledger;
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("clerk-").FullName;
        IMeterFactory meters = _services.GetRequiredService<IMeterFactory>();
        _followers = new ProjectionMetrics(meters, TimeProvider.System);
        _metrics = new ClerkMetrics(meters, _followers);
        _pump = new ClerkPump(
            new SqliteFile(Path.Combine(Directory, "clerk.db")), new ClerkLedger(reader ?? ledger, ledger, ledger), _metrics, NullLogger.Instance, TimeProvider.System)
        {
            BeforeCommit = beforeCommit,
        };
        _pump.Start();
    }

    public string Directory { get; }

    /// <summary>Decides all there is, the facts it appends included; returns the facts in the ledger.</summary>
    public static async Task<IReadOnlyList<Record>> RunAsync(MemoryLedger ledger, string? directory = null)
    {
        await using ClerkHost host = new(ledger, directory);
        await host.CatchUpAsync();
        return FactsIn(ledger);
    }

    public static IReadOnlyList<Record> FactsIn(MemoryLedger ledger) =>
    [
        .. ledger.Entries.Where(entry => entry.Leaf.Origin == LeafOrigin.Clerk)
            .Select(entry => EntryDecoder.Decode(entry, _ => true).Record!),
    ];

    public Task CatchUpAsync() => CatchUpAsync(null);

    /// <summary>To a size the reader shows, or to the end, its own facts included.</summary>
    public async Task CatchUpAsync(ulong? size)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(5));
        while (_pump.Cursor.Position < (size ?? _ledger.DurableSize))
            await _pump.Cursor.WaitForAsync(size ?? _ledger.DurableSize, deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _pump.DisposeAsync();
        _metrics.Dispose();
        _followers.Dispose();
        await _services.DisposeAsync();
    }
}
