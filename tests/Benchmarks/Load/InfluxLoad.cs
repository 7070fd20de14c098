using System.Diagnostics;
using System.Globalization;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Storage.Influx;
using EdgeEnforcement.Testing.Servers;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>Points a second from the ledger's entries to Debian's InfluxDB: decoding, lines, gzip, HTTP, the server's own sync, the cursor. The server is on the same machine.</summary>
internal static class InfluxLoad
{
    public static async Task<int> RunAsync(int points)
    {
        await using InfluxServer server = new();
        await server.StartAsync(CancellationToken.None);
        Entries ledger = new(new ReadingEntries(200).Next(points / ReadingEntries.Factors));
        foreach (int batch in new[] { 5_000, 20_000, 500 })
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("influx-load-");
            using InfluxParts parts = new(new InfluxOptions { Url = server.Url, BatchPoints = batch }, folder.FullName);
            await using InfluxPump pump = new(ledger, parts, new LoadLog<InfluxPump>(), TimeProvider.System);
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long started = TimeProvider.System.GetTimestamp();
            await pump.StartAsync(CancellationToken.None);
            await pump.Cursor.WaitForAsync(ledger.DurableSize, CancellationToken.None);
            double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            double cpu = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"batches of {batch,6:N0}: {pump.Delivery.Sent / seconds,10:N0} points/s, {cpu / pump.Delivery.Sent * 1e6:F1} us of processor each on our side, {pump.Delivery.Refused} refused"));
            folder.Delete(recursive: true);
        }
        Console.WriteLine(await server.QueryAsync("SELECT count(entry) FROM reading"));
        return 0;
    }

    // What degrades is a part of the figure.
    private sealed class LoadLog<T> : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Console.WriteLine($"{formatter(state, exception)} {exception}");
        }
    }

    private sealed class Entries(List<LedgerEntry> all) : ILedgerReader
    {
        public ulong DurableSize => (ulong)all.Count;

        public ulong ErasedThrough => 0;

        public IReadOnlyList<IndexRange> ErasedRanges => [];

        public LedgerEntry Read(EntryIndex index) => all[(int)index.Value];

        public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount) => all.Slice((int)from.Value, Math.Min(maxCount, all.Count - (int)from.Value));

        public async ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation)
        {
            if (size >= DurableSize)
                await new TaskCompletionSource().Task.WaitAsync(cancellation);
        }
    }
}
