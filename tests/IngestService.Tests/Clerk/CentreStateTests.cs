using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

/// <summary>The state of the centre's rules over restarts, crashes and lost files: the facts are those of a clerk that was never disturbed.</summary>
public sealed class CentreStateTests
{
    private const string StateFile = "clerk.detection";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopped_at_any_entry_and_started_again_the_facts_are_the_same()
    {
        int seed = TestSeed.Next();
        for (int round = 0; round < TestSeed.Times(6, 100); round++)
        {
            Random random = new(unchecked(seed + round));
            int story = random.Next();
            IReadOnlyList<Record> expected = await ClerkHost.RunAsync(Tell(story));
            Assert.True(expected.Count > 5, $"{expected.Count}");

            MemoryLedger ledger = Tell(story);
            string? directory = null;
            for (ulong size = 0; size < (ulong)ledger.Entries.Count; size += (ulong)random.Next(1, 200))
            {
                PagedLedger paged = new(ledger, random, largestPage: random.Next(1, 40));
                paged.GrowTo(size);
                await using (ClerkHost host = new(ledger, directory, reader: paged))
                {
                    directory = host.Directory;
                    await host.CatchUpAsync(size);
                }
                Disturb(random.Next(5), directory);
            }

            Assert.Equal(expected, await ClerkHost.RunAsync(ledger, directory));
        }
    }

    private static void Disturb(int how, string directory)
    {
        string path = Path.Combine(directory, StateFile);
        if (how == 0)
            File.Delete(path);
        else if (how == 1 && File.Exists(path))
            File.WriteAllText(path, "rubbish rubbish rubbish rubbish rubbish");
    }

    [Fact]
    public async Task Killed_after_any_fact_with_or_without_its_files_the_facts_are_the_same()
    {
        int story = TestSeed.Next();
        IReadOnlyList<Record> expected = await ClerkHost.RunAsync(Tell(story));
        for (int kept = 0; kept < expected.Count; kept += 1 + expected.Count / 12)
        {
            MemoryLedger ledger = Tell(story);
            string first = Directory.CreateTempSubdirectory("clerk-").FullName;
            await StopHalfWayAsync(ledger, first);
            await DieAfterAsync(ledger, first, kept);
            if (kept % 2 == 0)
                File.Delete(Path.Combine(first, "clerk.db"));

            IReadOnlyList<Record> facts = await ClerkHost.RunAsync(ledger, first);

            Assert.Equal(expected, facts.OrderBy(fact => fact.Identity.Sequence));
        }
    }

    [Fact]
    public async Task A_state_of_another_ledger_is_not_gone_on_with()
    {
        string directory = Directory.CreateTempSubdirectory("clerk-").FullName;
        await ClerkHost.RunAsync(Tell(1), directory);
        File.Delete(Path.Combine(directory, "clerk.db"));
        IReadOnlyList<Record> expected = await ClerkHost.RunAsync(Tell(2));

        Assert.Equal(expected, await ClerkHost.RunAsync(Tell(2), directory));
    }

    /// <summary>What was lawfully deleted is in no state, and nothing is decided from it.</summary>
    [Fact]
    public async Task After_an_erasure_the_state_is_that_of_what_is_left()
    {
        MemoryLedger ledger = new();
        OutletAgent outlet = new(ledger, OutletAgent.RuleFile(OutletAgent.Central));
        outlet.Activate();
        Record first = outlet.Live(1, 60);
        outlet.Deliver();
        string directory = Directory.CreateTempSubdirectory("clerk-").FullName;
        await ClerkHost.RunAsync(ledger, directory);
        byte[] frame = first.ReadingBatch.RawSha256.ToByteArray();
        Assert.True(Holds(directory, frame)); // the open episode quotes it

        ulong batch = ledger.Find(first.Identity)!.Value.Value;
        ledger.AppendFact(LeafOrigin.Operator, new Record
        {
            Erased = new Erased
            {
                ErasureId = "E-1", Ranges = { new EntryRange { First = batch, Last = batch + 1 } }, Approvers = { Story.Operator, Story.Operator },
                ClerkPosition = ledger.DurableSize, ClerkNextSequence = 2,
            },
        });
        outlet.Live(2, 62);
        outlet.Deliver();

        AlertOpened opened = (await ClerkHost.RunAsync(ledger, directory))[^1].AlertOpened;

        Assert.Equal(OutletAgent.At(2), opened.EpisodeStart.ToDateTimeOffset());
        Assert.False(Holds(directory, frame));
    }

    private static bool Holds(string directory, byte[] part) => File.ReadAllBytes(Path.Combine(directory, StateFile)).AsSpan().IndexOf(part) >= 0;

    /// <summary>A stop saves all of it: a start feeds nothing again.</summary>
    [Fact]
    public async Task A_stop_in_order_leaves_nothing_to_be_fed_again()
    {
        MemoryLedger ledger = Tell(1);
        string directory = Directory.CreateTempSubdirectory("clerk-").FullName;
        await ClerkHost.RunAsync(ledger, directory);
        PagedLedger watched = new(ledger, new Random(1), largestPage: 1_000);
        List<ulong> pages = [];
        watched.OnRead = pages.Add;
        watched.GrowTo(ledger.DurableSize);
        await using (ClerkHost host = new(ledger, directory, reader: watched))
            await host.CatchUpAsync();

        Assert.Empty(pages);
    }

    private static async Task StopHalfWayAsync(MemoryLedger ledger, string directory)
    {
        PagedLedger half = new(ledger, new Random(1), largestPage: 100);
        ulong size = ledger.DurableSize / 2;
        half.GrowTo(size);
        await using ClerkHost host = new(ledger, directory, reader: half);
        await host.CatchUpAsync(size);
    }

    private static async Task DieAfterAsync(MemoryLedger ledger, string directory, int facts)
    {
        int appended = ledger.Entries.Count(entry => entry.Leaf.Origin == LeafOrigin.Clerk);
        TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ledger.OnAppend = request =>
        {
            if (request.Origin != LeafOrigin.Clerk || appended++ < facts)
                return null;
            died.TrySetResult();
            throw new IOException("killed");
        };
        await using (new ClerkHost(ledger, directory, beforeCommit: () =>
        {
            died.TrySetResult();
            throw new IOException("killed");
        }))
            await died.Task.WaitAsync(Cancellation);
        ledger.OnAppend = null;
    }

    /// <summary>Hours of an outlet under rules of both sides: in time and late, with flags, silence and a new rule set in between.</summary>
    private static MemoryLedger Tell(int seed)
    {
        Random random = new(seed);
        MemoryLedger ledger = new();
        OutletAgent outlet = new(ledger, OutletAgent.RuleFile($"{OutletAgent.Central}, {OutletAgent.CentralSilence}, {OutletAgent.Tamper}"));
        outlet.Activate();
        double minute = 1;
        for (int i = 0; i < 400; i++)
        {
            minute += random.Next(40) == 0 ? 12 : 0.5;
            if (i == 200)
                outlet.Activate(minute: minute, rules: OutletAgent.RuleFile($"{OutletAgent.Central.Replace("50", "45", StringComparison.Ordinal)}, {OutletAgent.CentralSilence}", version: "2"));
            if (random.Next(60) == 0)
            {
                outlet.Deliver();
                outlet.Live(minute - 0.1, random.Next(30, 70));
                outlet.Deliver(TimeSpan.FromMinutes(15));
            }
            else if (random.Next(20) == 0)
                outlet.Live(minute, random.Next(30, 70), quality: "M");
            else
                outlet.Live(minute, random.Next(30, 70));
        }
        outlet.Deliver();
        return ledger;
    }
}
