using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Projections;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

public sealed class ClerkRebuildTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_with_restarts_and_pages_of_any_length_gives_the_same_bytes_as_a_rebuild()
    {
        int seed = TestSeed.Next();
        for (int round = 0; round < TestSeed.Times(4, 200); round++)
        {
            Random random = new(unchecked(seed + round));
            MemoryLedger ledger = new();
            string? directory = null;
            for (int starts = random.Next(1, 6); starts > 0; starts--)
            {
                new RandomStory(ledger, random).Tell(random.Next(20, 120));
                PagedLedger paged = new(ledger, random, largestPage: random.Next(1, 50));
                await using ClerkHost live = new(ledger, directory, reader: paged);
                directory = live.Directory;
                for (ulong size = 0; size < ledger.DurableSize; size += (ulong)random.Next(1, 60))
                    paged.GrowTo(size); // and closed in the middle of it
            }
            await ClerkHost.RunAsync(ledger, directory);
            string before = Dump(directory!);
            ulong size0 = ledger.DurableSize;

            string rebuilt = Directory.CreateTempSubdirectory("clerk-").FullName;
            await ClerkHost.RunAsync(ledger, rebuilt);

            Assert.Equal(size0, ledger.DurableSize); // nothing was decided twice
            Assert.Equal(before, Dump(rebuilt));
        }
    }

    [Theory]
    [InlineData("PRAGMA user_version = 7777")]
    [InlineData("PRAGMA user_version = 0")]
    public async Task Another_schema_or_an_unfinished_recovery_is_folded_again(string sql)
    {
        MemoryLedger ledger = await RebuildTests.LedgerAsync(150);
        string directory = Directory.CreateTempSubdirectory("clerk-").FullName;
        await ClerkHost.RunAsync(ledger, directory);
        string before = Dump(directory);
        RebuildTests.Change(Path.Combine(directory, "clerk.db"), sql + "; UPDATE clerk SET position = 3; DELETE FROM alert;");

        await ClerkHost.RunAsync(ledger, directory);

        Assert.Equal(before, Dump(directory));
    }

    [Fact]
    public async Task A_recovery_killed_at_any_page_starts_again()
    {
        MemoryLedger ledger = await RebuildTests.LedgerAsync(150);
        string whole = Directory.CreateTempSubdirectory("clerk-").FullName;
        await ClerkHost.RunAsync(ledger, whole);
        ulong size = ledger.DurableSize;
        string directory = Directory.CreateTempSubdirectory("clerk-").FullName;

        // Two passes over the ledger, in pages of 20: killed at every one of them.
        int pages = (int)((2 * size - 1) / 20) + 1;
        for (int last = 0; last < pages; last++)
        {
            PagedLedger paged = new(ledger, new Random(1), largestPage: 1);
            paged.GrowTo(size);
            TaskCompletionSource killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            int read = 0;
            paged.OnRead = _ =>
            {
                if (read++ < last * 20)
                    return;
                killed.TrySetResult();
                throw new IOException("killed");
            };
            await using (new ClerkHost(ledger, directory, reader: paged))
                await killed.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            using SqliteFile left = new(Path.Combine(directory, "clerk.db"));
            using SqliteReadLease lease = left.Rent();
            Assert.Equal(0, lease.Number("PRAGMA user_version")); // nobody may take it for finished
        }

        await ClerkHost.RunAsync(ledger, directory);
        Assert.Equal(size, ledger.DurableSize);
        Assert.Equal(Dump(whole), Dump(directory));
    }

    private static string Dump(string directory)
    {
        using SqliteFile file = new(Path.Combine(directory, "clerk.db"));
        return DeskHost.DumpFile(file);
    }
}
