using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Tests.Projections;

/// <summary>Whatever happens to a projection's file, what is in it afterwards is what entry 0 to the end give, byte for byte.</summary>
public sealed class RebuildTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_with_restarts_and_pages_of_any_length_gives_the_same_bytes_as_a_rebuild()
    {
        int seed = TestSeed.Next();
        for (int round = 0; round < TestSeed.Times(4, 200); round++)
        {
            Random random = new(unchecked(seed + round));
            MemoryLedger ledger = await RandomStory.LedgerAsync(random.Next(50, 600), random);
            string live = await LiveAsync(ledger, random);

            await using DeskHost rebuilt = await DeskHost.StartAsync(ledger);
            Assert.Equal(rebuilt.Dump(), live);
        }
    }

    /// <summary>Grows, is stopped anywhere, starts again, until the end.</summary>
    private static async Task<string> LiveAsync(MemoryLedger ledger, Random random)
    {
        PagedLedger paged = new(ledger, random, largestPage: random.Next(1, 300));
        string? directory = null;
        while (true)
        {
            await using DeskHost live = await DeskHost.StartAsync(paged, directory);
            directory = live.Directory;
            for (int steps = random.Next(1, 4); steps > 0; steps--)
            {
                paged.GrowTo(paged.DurableSize + (ulong)random.Next(1, 200));
                if (random.Next(3) > 0)
                    await live.CatchUpAsync(paged);
            }
            if (paged.DurableSize < ledger.DurableSize)
                continue;
            await live.CatchUpAsync(paged);
            return live.Dump();
        }
    }

    [Fact]
    public async Task An_older_schema_is_rebuilt_and_nothing_of_the_old_file_is_used()
    {
        MemoryLedger ledger = await LedgerAsync();
        string directory = await FilledAsync(ledger);
        foreach (string file in Files(directory))
            Change(file, "PRAGMA user_version = 7777; UPDATE cursor SET position = 5;");

        await using DeskHost again = await DeskHost.StartAsync(ledger, directory);

        await AssertRebuiltAsync(ledger, again);
    }

    [Fact]
    public async Task A_rebuild_killed_anywhere_is_finished_by_the_next_start()
    {
        MemoryLedger ledger = await LedgerAsync();
        string directory = await FilledAsync(ledger);
        foreach (string file in Files(directory))
            Change(file, "PRAGMA user_version = 7777");

        for (ulong stop = 10; stop < ledger.DurableSize; stop += 70)
        {
            // What is committed before the end is a part of the new tables, never of the old ones.
            PagedLedger paged = new(ledger, new Random(1), largestPage: 40);
            paged.GrowTo(stop);
            await using DeskHost killed = await DeskHost.StartAsync(paged, directory);
            Assert.Equal(stop, killed.Projections.ProjectedSize);
        }

        await using DeskHost again = await DeskHost.StartAsync(ledger, directory);
        await AssertRebuiltAsync(ledger, again);
    }

    [Fact]
    public async Task A_log_left_beside_a_deleted_file_is_never_replayed()
    {
        MemoryLedger ledger = await LedgerAsync();
        string directory;
        await using (DeskHost live = await DeskHost.StartAsync(ledger))
        {
            directory = Directory.CreateTempSubdirectory("desk-").FullName;
            foreach (string file in Directory.GetFiles(Path.Combine(live.Directory, "projections")))
            {
                Directory.CreateDirectory(Path.Combine(directory, "projections"));
                File.Copy(file, Path.Combine(directory, "projections", Path.GetFileName(file)));
            }
        }
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(directory, "projections"), "*-wal"));
        foreach (string file in Files(directory))
            File.Delete(file); // and then the power went

        await using DeskHost again = await DeskHost.StartAsync(ledger, directory);
        await AssertRebuiltAsync(ledger, again);
    }

    [Fact]
    public async Task A_damaged_page_met_by_a_query_makes_the_file_anew_and_no_query_reads_the_old_one_again()
    {
        MemoryLedger ledger = await LedgerAsync();
        string directory = await FilledAsync(ledger);
        string file = Path.Combine(directory, "projections", "caseboard.db");
        await OverwriteRootPageAsync(file, "timeline"); // it opens, and fails at the first row of this table

        await using DeskHost host = await DeskHost.StartAsync(ledger, directory);
        Assert.Throws<SqliteException>(() => DeskHost.DumpFile(host.Projections.CaseBoard.File));
        ledger.Append("dock-1", record => record.FieldAlert("after"));

        await host.CatchUpAsync(ledger);
        await AssertRebuiltAsync(ledger, host);
    }

    private static async Task OverwriteRootPageAsync(string file, string table)
    {
        long page, size;
        using (SqliteFile open = new(file))
        using (SqliteReadLease lease = open.Rent())
        {
            page = lease.Number("SELECT rootpage FROM sqlite_master WHERE name = $1", table);
            size = lease.Number("PRAGMA page_size");
        }
        byte[] bytes = await File.ReadAllBytesAsync(file, Cancellation);
        bytes.AsSpan((int)((page - 1) * size), (int)size).Fill(0x5a);
        await File.WriteAllBytesAsync(file, bytes, Cancellation);
    }

    [Fact]
    public void A_reader_that_was_under_way_at_a_rebuild_does_not_come_back_with_the_old_file()
    {
        using SqliteFile file = new(Path.Combine(Directory.CreateTempSubdirectory("sqlite-").FullName, "x.db"));
        using (SqliteConnection old = file.OpenWriter())
            SqliteFile.Execute(old, "CREATE TABLE t (n); INSERT INTO t VALUES (1)");
        SqliteReadLease underWay = file.Rent();
        Assert.Equal(1, underWay.Number("SELECT n FROM t"));

        file.Delete();
        using (SqliteConnection fresh = file.OpenWriter())
            SqliteFile.Execute(fresh, "CREATE TABLE t (n); INSERT INTO t VALUES (2)");
        underWay.Dispose();

        using SqliteReadLease next = file.Rent();
        Assert.Equal(2, next.Number("SELECT n FROM t"));
    }

    internal static Task<MemoryLedger> LedgerAsync(int entries = 400) => RandomStory.LedgerAsync(entries, new Random(20261122));

    /// <summary>Closed, so that all is in the files themselves.</summary>
    internal static async Task<string> FilledAsync(MemoryLedger ledger)
    {
        await using DeskHost live = await DeskHost.StartAsync(ledger);
        return live.Directory;
    }

    internal static string[] Files(string directory) => Directory.GetFiles(Path.Combine(directory, "projections"), "*.db");

    internal static void Change(string file, string sql)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        SqliteFile.Execute(connection, sql);
    }

    private static async Task AssertRebuiltAsync(MemoryLedger ledger, DeskHost host)
    {
        await using DeskHost rebuilt = await DeskHost.StartAsync(ledger);
        Assert.Equal(rebuilt.Dump(), host.Dump());
    }
}
