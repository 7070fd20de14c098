using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Faults;

/// <summary>Every call of the ledger's paths fails once in every way (docs/fault-injection.md).</summary>
[Trait("Form", "Sweep")]
public sealed class LedgerFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Commit_with_groups_duplicates_conflict_preconditions_and_rolls()
    {
        var calls = await SweepAsync("commit", OpenWithTwoAsync, async s =>
        {
            var original = LedgerScenario.Group(3, 1)[0];
            await s.AppendTogetherAsync(
                [original, .. LedgerScenario.Group(4, 4), original, LedgerFixture.Request(3, content: "other", padding: 300), LedgerFixture.Request(1, padding: 400)]);
            var opened = await s.Ledger.FactAsync(LedgerFixture.Fact("case-1", 0));
            Assert.NotNull(opened.Outcome.Receipt);
            Assert.NotNull((await s.Ledger.FactAsync(LedgerFixture.Fact("case-1", 0))).Outcome.Refusal);
            await s.AppendAsync(LedgerScenario.Group(8, 9));
        });

        Assert.True(calls > 30, $"{calls} calls");
    }

    [Fact]
    public async Task Checkpoint_with_tiles()
    {
        var calls = await SweepAsync("checkpoint", stride: 5, async s =>
        {
            s.Fixture.Options.SegmentBytes = 1 << 20;
            await s.OpenAsync();
            await s.AppendTogetherAsync(LedgerScenario.Group(1, 250, padding: 0));
            await s.SignAsync();
        }, async s =>
        {
            await s.AppendTogetherAsync(LedgerScenario.Group(251, 4, padding: 0));
            await s.SignAsync();
            // Over the edge of the first full tile: its partials go, and a tile of the level above begins.
            await s.AppendTogetherAsync(LedgerScenario.Group(255, 6, padding: 0));
            await s.SignAsync();
        });

        Assert.True(calls > 40, $"{calls} calls");
    }

    [Fact]
    public async Task Recovery_of_a_torn_tail_without_derived_files()
    {
        var calls = await SweepAsync("recovery", async s =>
        {
            await OpenWithTwoAsync(s);
            await s.AppendAsync(LedgerScenario.Group(3, 14));
            await s.CloseAsync();
            foreach (var name in s.Disk.EnumerateFiles(s.Paths.Snapshots))
                s.Disk.Delete(Path.Combine(s.Paths.Snapshots, name));
            s.Disk.SyncDirectory(s.Paths.Snapshots);
            Tear(s);
        }, async s =>
        {
            await s.OpenAsync();
            await s.AppendAsync(LedgerScenario.Group(20, 1));
        });

        Assert.True(calls > 40, $"{calls} calls");
    }

    [Fact]
    public async Task Snapshots_and_sealed_files_beside_the_commit()
    {
        var calls = await SweepAsync("snapshots", stride: 3, OpenWithTwoAsync, async s =>
        {
            for (ulong i = 0; i < 3; i++)
            {
                await s.AppendAsync(LedgerScenario.Group(10 + (i * 10), 7));
                // Closing waits for the pump that writes them.
                await s.CloseAsync();
                await s.OpenAsync();
            }
        });

        Assert.True(calls > 100, $"{calls} calls");
    }

    [Fact]
    public async Task First_start_of_an_empty_data_directory()
    {
        var calls = await SweepAsync("first start", _ => Task.CompletedTask, async s =>
        {
            await s.OpenAsync();
            await s.AppendAsync(LedgerScenario.Group(1, 2));
            await s.SignAsync();
        });

        Assert.True(calls > 40, $"{calls} calls");
    }

    private static async Task OpenWithTwoAsync(LedgerScenario scenario)
    {
        await scenario.OpenAsync();
        await scenario.AppendAsync(LedgerScenario.Group(1, 2));
        await scenario.SignAsync();
    }

    /// Half a batch behind the last one: its header and the beginning of its records.
    private static void Tear(LedgerScenario scenario)
    {
        var last = scenario.Disk.EnumerateFiles(scenario.Paths.Segments).Where(n => n.EndsWith(".seg", StringComparison.Ordinal)).Max()!;
        using var file = scenario.Disk.OpenExisting(Path.Combine(scenario.Paths.Segments, last), FileAccess.ReadWrite);
        file.Write(Enumerable.Range(1, 333).Select(i => (byte)i).ToArray(), file.Length);
        file.Flush();
    }

    private Task<int> SweepAsync(string path, Func<LedgerScenario, Task> prepare, Func<LedgerScenario, Task> work) =>
        SweepAsync(path, 1, prepare, work);

    private Task<int> SweepAsync(string path, int stride, Func<LedgerScenario, Task> prepare, Func<LedgerScenario, Task> work) =>
        new FaultSweep(path, () => new LedgerScenario(prepare, work), output.WriteLine) { ShortStride = stride }.RunAsync();
}
