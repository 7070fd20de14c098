using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

public sealed class RecomputationTests
{
    private readonly MemoryLedger _ledger = new() { NowMicros = OutletAgent.Start.ToUnixTimeMilliseconds() * 1000 };

    [Fact]
    public async Task An_alert_of_the_front_end_is_decided_again_to_the_same_from_the_ledger()
    {
        OutletAgent outlet = new(_ledger);
        outlet.Activate();
        outlet.Live(1, 60);
        outlet.Live(2, 62);
        outlet.SendAll();

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger);

        Assert.Equal([Record.BodyOneofCase.AlertOpened, Record.BodyOneofCase.AlertRecomputed], facts.Select(fact => fact.BodyCase));
        AlertRecomputed same = facts[1].AlertRecomputed;
        Assert.Equal((RecomputeOutcome.Same, facts[0].AlertOpened.AlertId), (same.Outcome, same.AlertId));
        Assert.Equal(facts[0].AlertOpened.Cause.EntryIndex, same.Cause.EntryIndex);
        Assert.Equal(same.Cause.EntryIndex, same.ReportIndex);
        Assert.Empty(same.Obstacles);
        Assert.True(same.Compared >= 10, $"{same.Compared}"); // reading, frame, rule set, source, decider, episode, limit, over, opened, start ...
    }

    [Theory]
    [InlineData("worst")]
    [InlineData("reading")]
    [InlineData("frame")]
    [InlineData("limit")]
    [InlineData("episode")]
    [InlineData("rule")]
    [InlineData("quotes")]
    public async Task What_an_alert_says_and_the_ledger_does_not_is_named(string statement)
    {
        OutletAgent outlet = new(_ledger);
        outlet.Activate();
        outlet.Live(1, 60);
        Forge(statement, outlet.Newest);
        outlet.SendAll();

        AlertRecomputed different = (await ClerkHost.RunAsync(_ledger))[^1].AlertRecomputed;

        Assert.Equal(RecomputeOutcome.Different, different.Outcome);
        Assert.Contains(different.Differences, difference => difference.Name == statement && difference.Stated != difference.Recomputed);
    }

    private static void Forge(string statement, FieldAlert alert)
    {
        switch (statement)
        {
            case "worst": alert.WorstValue = 600; break;
            case "reading": alert.Basis.Readings[0].Reading.Value = 70; break;
            case "frame": alert.Basis.Readings[0].FrameSha256 = ByteString.CopyFrom(new byte[32]); break;
            case "limit": alert.Basis.Limit = 10; break;
            case "episode": alert.EpisodeId = "0123456789abcdef0123456789abcdef"; break;
            case "rule": alert.Rule = "other"; break;
            case "quotes": alert.Basis.Readings.AddRange(Enumerable.Repeat(alert.Basis.Readings[0], 64).Select(quote => quote.Clone()).ToList()); break;
            default: throw new ArgumentOutOfRangeException(nameof(statement));
        }
    }

    [Fact]
    public async Task What_has_not_come_is_waited_for_and_named_and_never_a_difference()
    {
        OutletAgent outlet = new(_ledger);
        Record rules = outlet.Activate();
        Record batch = outlet.Live(1, 60);
        Record report = outlet.Made[^1];
        string directory = Directory.CreateTempSubdirectory("clerk-").FullName;

        outlet.Send(report); // alerts go first
        AlertRecomputed waiting = (await ClerkHost.RunAsync(_ledger, directory))[^1].AlertRecomputed;
        Assert.Equal(RecomputeOutcome.Waiting, waiting.Outcome);
        Assert.Equal([RecomputeObstacle.RuleSetMissing, RecomputeObstacle.RecordsMissing], waiting.Obstacles);
        Assert.Equal(batch.Identity, Assert.Single(waiting.Missing));
        Assert.Equal(outlet.RuleSetSha256, waiting.RuleSetSha256.ToByteArray());

        outlet.Send(batch);
        Assert.Equal(2, (await ClerkHost.RunAsync(_ledger, directory)).Count); // half of it is nothing new

        ulong last = outlet.Send(rules);
        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger, directory);
        Assert.Equal(3, facts.Count);
        Assert.Equal((RecomputeOutcome.Same, last, waiting.ReportIndex), (facts[2].AlertRecomputed.Outcome, facts[2].AlertRecomputed.Cause.EntryIndex, facts[2].AlertRecomputed.ReportIndex));

        outlet.Live(1.5, 30);
        outlet.SendAll();
        Assert.Equal(3, (await ClerkHost.RunAsync(_ledger, directory)).Count(fact => fact.BodyCase != Record.BodyOneofCase.AlertUpdated));
    }

    [Theory]
    [InlineData("another producer")]
    [InlineData("after the alert")]
    public async Task A_rule_set_that_was_not_in_force_there_then_does_not_count(string which)
    {
        OutletAgent outlet = new(_ledger);
        if (which == "another producer")
            outlet.Activate("agent-2");
        outlet.Live(1, 60);
        if (which == "after the alert")
            outlet.Activate();
        outlet.SendAll(outlet.Made.OrderBy(record => record.FieldAlert is not null)); // all of it lies before the alert in the ledger

        AlertRecomputed waiting = (await ClerkHost.RunAsync(_ledger))[^1].AlertRecomputed;

        Assert.Equal(RecomputeOutcome.Waiting, waiting.Outcome);
        Assert.Equal([RecomputeObstacle.RuleSetMissing], waiting.Obstacles);
    }

    [Fact]
    public async Task What_was_decided_from_events_cannot_be_recomputed_and_its_quotes_are_compared_all_the_same()
    {
        OutletAgent outlet = new(_ledger, OutletAgent.RuleFile(OutletAgent.Tamper));
        outlet.Activate();
        outlet.BoxDoor(1);
        outlet.SendAll();

        AlertRecomputed none = (await ClerkHost.RunAsync(_ledger))[^1].AlertRecomputed;

        Assert.Equal(RecomputeOutcome.NotPossible, none.Outcome);
        Assert.Equal([RecomputeObstacle.NoValues], none.Obstacles);
        Assert.Equal(1U, none.Compared);
    }

    [Fact]
    public async Task What_was_lawfully_deleted_is_no_difference()
    {
        OutletAgent outlet = new(_ledger);
        Record rules = outlet.Activate();
        Record batch = outlet.Live(1, 60);
        outlet.Send(rules);
        _ledger.Erase(outlet.Send(batch));
        outlet.SendAll();

        AlertRecomputed none = (await ClerkHost.RunAsync(_ledger))[^1].AlertRecomputed;

        Assert.Equal(RecomputeOutcome.NotPossible, none.Outcome);
        Assert.Equal([RecomputeObstacle.Erased], none.Obstacles);
        Assert.Equal(batch.Identity, Assert.Single(none.Missing));
    }

    [Fact]
    public async Task A_manual_alert_is_not_recomputed()
    {
        _ledger.Append("agent-1", record => record.FieldAlert("e1"));

        Assert.Single(await ClerkHost.RunAsync(_ledger));
    }

    /// <summary>In any order of arrival, killed at any fact or with clerk.db lost, the facts are those of an undisturbed clerk.</summary>
    [Fact]
    public async Task A_crash_and_a_lost_file_change_nothing()
    {
        int seed = TestSeed.Next();
        for (int round = 0; round < TestSeed.Times(6, 60); round++)
        {
            MemoryLedger undisturbed = Tell(unchecked(seed + round));
            IReadOnlyList<Record> expected = await ClerkHost.RunAsync(undisturbed, Directory.CreateTempSubdirectory("clerk-").FullName);
            Assert.Contains(expected, fact => fact.AlertRecomputed?.Outcome == RecomputeOutcome.Same);
            Assert.Contains(expected, fact => fact.AlertRecomputed?.Outcome == RecomputeOutcome.Waiting); // as of its entry, though all of it lies there

            for (int kept = 0; kept <= expected.Count; kept += 3)
            {
                MemoryLedger ledger = Tell(unchecked(seed + round));
                string directory = await DieAfterAsync(ledger, kept);
                bool loses = kept % 2 == 0;

                IReadOnlyList<Record> facts = await ClerkHost.RunAsync(ledger, loses ? null : directory);

                Assert.Equal(expected, facts.OrderBy(fact => fact.Identity.Sequence));
            }
        }
    }

    [Fact]
    public async Task A_rebuilt_file_waits_for_the_same()
    {
        int seed = TestSeed.Next();
        for (int round = 0; round < TestSeed.Times(10, 200); round++)
        {
            MemoryLedger ledger = Tell(unchecked(seed + round), sentOf100: 70);
            string live = Directory.CreateTempSubdirectory("clerk-").FullName;
            await ClerkHost.RunAsync(ledger, live);
            ulong size = ledger.DurableSize;
            string rebuilt = Directory.CreateTempSubdirectory("clerk-").FullName;
            await ClerkHost.RunAsync(ledger, rebuilt);

            Assert.Equal(size, ledger.DurableSize);
            Assert.Equal(Dump(live), Dump(rebuilt));
        }
    }

    private static string Dump(string directory)
    {
        using SqliteFile file = new(Path.Combine(directory, "clerk.db"));
        return DeskHost.DumpFile(file);
    }

    // Hours of an outlet whose lanes overtake each other; some of it never comes.
    private static MemoryLedger Tell(int seed, int sentOf100 = 100)
    {
        Random random = new(seed);
        MemoryLedger ledger = new() { NowMicros = OutletAgent.Start.ToUnixTimeMilliseconds() * 1000 };
        OutletAgent outlet = new(ledger, OutletAgent.RuleFile(OutletAgent.Threshold + "," + OutletAgent.Tamper));
        outlet.Activate();
        for (int minute = 1; minute < 40; minute++)
        {
            if (random.Next(10) == 0)
                outlet.BoxDoor(minute);
            else
                outlet.Live(minute, random.Next(20, 80));
        }
        List<Record> order = [.. outlet.Made.OrderBy(_ => random.Next())];
        outlet.SendAll(order.Where(_ => random.Next(100) < sentOf100));
        return ledger;
    }

    private static async Task<string> DieAfterAsync(MemoryLedger ledger, int facts)
    {
        int appended = 0;
        TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ledger.OnAppend = request =>
        {
            if (request.Origin != LeafOrigin.Clerk || appended++ < facts)
                return null;
            died.TrySetResult();
            throw new IOException("killed");
        };
        ClerkHost dying = new(ledger, beforeCommit: () =>
        {
            died.TrySetResult();
            throw new IOException("killed");
        });
        await using (dying)
            await died.Task.WaitAsync(TestContext.Current.CancellationToken);
        ledger.OnAppend = null;
        return dying.Directory;
    }
}
