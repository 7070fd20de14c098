using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Projections;

/// <summary>
/// The cursor's hand-over between two disks that lose different things: the ledger's, which loses what was not flushed, and SQLite's files,
/// which keep what was committed. Whatever is there at a start, the tables become what entry 0 to the end give.
/// </summary>
public sealed class HandoverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_never_hold_what_the_ledgers_disk_may_still_lose()
    {
        int seed = TestSeed.Next();
        for (int round = 0; round < TestSeed.Times(3, 60); round++)
        {
            Random random = new(unchecked(seed + round));
            IReadOnlyList<LedgerEntry> story = (await RandomStory.LedgerAsync(random.Next(100, 400), random)).Entries;
            ShadowedLedger ledger = new();
            string? directory = null;
            for (int next = 0; next < story.Count;)
            {
                await using (DeskHost host = await DeskHost.StartAsync(ledger, directory))
                {
                    directory = host.Directory;
                    next = await LiveAsync(ledger, host, story, next, random);
                }
                ledger.Crash(random.Next(2) == 0 ? CrashMode.Drop : CrashMode.Tear, random.Next());
            }

            await AssertRebuiltAsync(ledger, directory);
        }
    }

    /// <summary>Until the power goes between a write and its flush; how much of the story is durable.</summary>
    private static async Task<int> LiveAsync(ShadowedLedger ledger, DeskHost host, IReadOnlyList<LedgerEntry> story, int next, Random random)
    {
        bool isFirst = next == 0;
        while (next < story.Count)
        {
            LedgerEntry[] group = [.. story.Skip(next).Take(random.Next(1, 60))];
            ulong durable = ledger.DurableSize;
            ledger.Stage(group);
            // The pumps have caught up or are about to: none may see what is only written.
            await host.Projections.WaitForAsync(durable, Cancellation);
            Assert.Equal(durable, ledger.DurableSize);
            Assert.Equal(durable, host.Projections.ProjectedSize);
            Assert.Empty(ledger.ReadFrom(new EntryIndex(durable), 1000));
            // At least one tail is lost in every round: the first life ends at its second group.
            if ((isFirst && next > 0) || random.Next(4) == 0)
                break;
            ledger.Flush();
            next += group.Length;
            if (random.Next(2) == 0)
                await host.CatchUpAsync(ledger);
        }
        return next;
    }

    /// Nothing in the service does this; a restored back-up, or a disk that lied about a flush, does.
    [Theory]
    [InlineData(0)] // the ledger ends below the cursor
    [InlineData(1)] // it ends where the cursor stands, with other entries
    [InlineData(400)] // it has long passed it
    public async Task A_cursor_that_another_ledger_left_is_noticed_and_the_tables_are_made_anew(int grownAgain)
    {
        IReadOnlyList<LedgerEntry> story = (await RebuildTests.LedgerAsync(600)).Entries;
        ShadowedLedger ledger = new();
        ledger.Append(story.Take(100));
        ShadowedLedger lagging = new(ledger.DurableCopy());
        ledger.Append(story.Skip(100).Take(60));
        string directory;
        await using (DeskHost host = await DeskHost.StartAsync(ledger))
            directory = host.Directory;

        if (grownAgain == 1)
            for (int next = 200; lagging.DurableSize < ledger.DurableSize; next++)
                lagging.Append(story.Skip(next).Take(1));
        else
            lagging.Append(story.Skip(200).Take(grownAgain));

        await AssertRebuiltAsync(lagging, directory);
    }

    private static async Task AssertRebuiltAsync(ShadowedLedger ledger, string? directory)
    {
        await using DeskHost host = await DeskHost.StartAsync(ledger, directory);
        await using DeskHost rebuilt = await DeskHost.StartAsync(ledger);
        Assert.Equal(rebuilt.Dump(), host.Dump());
    }
}
