using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using System.Diagnostics.Metrics;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Projections;

/// <summary>
/// Copies of a projection's files (NAME.db, -wal, -shm) from any moment, put beside a ledger that has gone on: what a killed process left
/// between two steps of a batch, what a power cut left of the write-ahead log, what somebody copied and put back. Each catches up to the
/// rows of a rebuild.
/// </summary>
public sealed class CopiedFileTests : IDisposable
{
    private const int WalHeaderBytes = 32;
    private const int FrameBytes = 24 + 4096;

    private readonly string _directory = Directory.CreateTempSubdirectory("copies-").FullName;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private int _copies;

    public static TheoryData<string> Names => [.. ProjectionList.All().Select(projection => projection.Name)];

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Killed_between_any_two_steps_of_a_batch(string name)
    {
        MemoryLedger ledger = await RebuildTests.LedgerAsync(300);
        List<string> copies = [];
        SqliteFile file = new(Path.Combine(_directory, "live.db"));
        using (ProjectionFold fold = new(file, new Stepping(ProjectionOf(name), () => copies.Add(Copy(file.Path))), erasedThrough: 0))
            foreach (LedgerEntry entry in ledger.Entries)
            {
                fold.Take(entry);
                if (entry.Index.Value % 90 != 89)
                    continue;
                fold.Flush();
                copies.Add(Copy(file.Path));
            }

        // Every step of a batch is a copy; of the entries within a batch, which only fill SQLite's cache, some.
        Assert.True(copies.Count > 15, $"{copies.Count} copies");
        string expected = Rebuilt(ledger, name);
        foreach (string copy in copies)
            Assert.Equal(expected, await CaughtUpAsync(ledger, name, copy));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Torn_copies_of_earlier_commits(string name)
    {
        MemoryLedger ledger = await RebuildTests.LedgerAsync(300);
        List<string> copies = [];
        SqliteFile file = new(Path.Combine(_directory, "live.db"));
        using (ProjectionFold fold = new(file, ProjectionOf(name), erasedThrough: 0))
            foreach (LedgerEntry entry in ledger.Entries)
            {
                fold.Take(entry);
                if (entry.Index.Value % 120 != 119)
                    continue;
                fold.Flush();
                copies.AddRange(TornCopies(file.Path));
                // From here on the file itself holds something, and the log begins anew.
                if (entry.Index.Value == 119)
                    Checkpoint(file.Path);
            }

        string expected = Rebuilt(ledger, name);
        foreach (string copy in copies)
            Assert.Equal(expected, await CaughtUpAsync(ledger, name, copy));
    }

    private IEnumerable<string> TornCopies(string path)
    {
        yield return Copy(path);
        yield return Without(Copy(path), "-shm");
        yield return Without(Without(Copy(path), "-shm"), "-wal");
        long length = new FileInfo(path + "-wal").Length;
        long[] ends = [0, 1, WalHeaderBytes, WalHeaderBytes + 100, WalHeaderBytes + FrameBytes, (length / 2) + 7, length - FrameBytes, length - 1];
        foreach (long end in ends.Where(end => end < length))
        {
            yield return Cut(Copy(path), end);
            yield return Without(Cut(Copy(path), end), "-shm");
        }
    }

    private static string Without(string path, string suffix)
    {
        File.Delete(path + suffix);
        return path;
    }

    private static string Cut(string path, long length)
    {
        using FileStream log = File.OpenWrite(path + "-wal");
        log.SetLength(length);
        return path;
    }

    private static void Checkpoint(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        SqliteFile.Execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    }

    private string Copy(string path)
    {
        string directory = Directory.CreateDirectory(Path.Combine(_directory, (_copies++).ToString("D4", System.Globalization.CultureInfo.InvariantCulture))).FullName;
        foreach (string suffix in new[] { "", "-wal", "-shm" })
            if (File.Exists(path + suffix))
                File.Copy(path + suffix, Path.Combine(directory, "projection.db" + suffix));
        return Path.Combine(directory, "projection.db");
    }

    private static IProjection ProjectionOf(string name) => ProjectionList.All().Single(projection => projection.Name == name);

    private string Rebuilt(MemoryLedger ledger, string name)
    {
        SqliteFile file = new(Path.Combine(Directory.CreateDirectory(Path.Combine(_directory, "rebuilt")).FullName, "projection.db"));
        using (ProjectionFold fold = new(file, ProjectionOf(name), erasedThrough: 0))
        {
            foreach (LedgerEntry entry in ledger.Entries)
                fold.Take(entry);
            fold.Flush();
        }
        using (file)
            return DeskHost.DumpFile(file);
    }

    /// As the service starts it: with its pump.
    private async Task<string> CaughtUpAsync(MemoryLedger ledger, string name, string path)
    {
        using ProjectionMetrics metrics = new(_services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        ProjectionPump pump = new(ProjectionOf(name), new SqliteFile(path), ledger, metrics, NullLogger.Instance, TimeProvider.System);
        pump.Start();
        await pump.Cursor.WaitForAsync(ledger.DurableSize, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        string dump = DeskHost.DumpFile(pump.File);
        await pump.DisposeAsync();
        return dump;
    }

    /// <summary>A projection that tells of each step: before an entry (of some), before and after the last writes of a batch.</summary>
    private sealed class Stepping(IProjection projection, Action step) : IProjection
    {
        public string Name => projection.Name;

        public int SchemaVersion => projection.SchemaVersion;

        public string Schema => projection.Schema;

        public bool Wants(Record.BodyOneofCase type) => projection.Wants(type);

        public bool WantsLeaf(EdgeEnforcement.Evidence.Leaf leaf) => projection.WantsLeaf(leaf);

        public IProjectionTables Open(SqliteConnection writer) => new Tables(projection.Open(writer), step);

        private sealed class Tables(IProjectionTables tables, Action step) : IProjectionTables
        {
            public void Apply(ProjectedEntry entry)
            {
                if (entry.Index % 90 is 0 or 1 or 45)
                    step();
                tables.Apply(entry);
            }

            public void EndBatch()
            {
                step();
                tables.EndBatch();
                step();
            }

            public void Dispose() => tables.Dispose();
        }
    }
}
