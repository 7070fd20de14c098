using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Durability;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Testing;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EndToEnd.Tests.Deadlines;

/// <summary>
/// SIGKILL of the whole service while deadlines come due: before it, while it is dead, while it starts and tells them. Afterwards each mark of each
/// clock is in the ledger once, and none is missing. EE_SEED repeats a run's choices.
/// </summary>
public sealed class DeadlineKillTests
{
    private const int Cases = 30;
    private const int Kills = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Marks_that_come_due_around_kills_are_told_once_each_and_none_is_lost()
    {
        var seed = LongForm.Seed;
        TestContext.Current.SendDiagnosticMessage($"deadline kill test: EE_SEED={seed}");
        var random = new Random(seed);
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await service.StartAsync();
        var expected = new HashSet<(string, ClockStage, Timestamp)>();
        using (var channel = service.Channel())
        {
            var cases = new DispatchedCases(channel, cancellation);
            await cases.SeedAsync();
            for (var number = 0; number < Cases; number++)
            {
                var id = await cases.DispatchAsync($"清河 {number}", TimeSpan.FromMilliseconds(random.Next(1_000, 15_000)));
                expected.UnionWith(Marks(id, await cases.ClockAsync(id)));
            }
        }

        var last = expected.Max(mark => mark.Item3.ToDateTimeOffset());
        for (var kill = 0; kill < Kills; kill++)
        {
            await service.KillAsync();
            await PauseAsync(random.Next(0, 2_000), cancellation); // marks pass while nobody is there
            service.Launch();
            await PauseAsync(random.Next(300, 4_000), cancellation); // it reads, starts, tells: killed somewhere in it
        }

        await service.KillAsync();
        if (last - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } ahead)
            await Task.Delay(ahead, TimeProvider.System, cancellation); // the last ones come due in a dead process
        await service.StartAsync();
        using var after = service.Channel();
        var told = new DispatchedCases(after, cancellation);
        // A beat that tells a case opened now has looked at all that was due before.
        var sentinel = await told.DispatchAsync("哨兵", TimeSpan.FromSeconds(1));
        expected.UnionWith(Marks(sentinel, await told.ClockAsync(sentinel)));
        await Eventually.Holds("a beat has told what came due last", Patience,
            async () => (await told.ClockAsync(sentinel)).Reached.Contains(ClockStage.Expired), () => service.Process.Output);

        var marks = await Eventually.Gives("a checkpoint covers the last mark", Patience, async () =>
        {
            var found = (await LedgerDump.ReadAsync(after, cancellation)).Entries.Select(entry => entry.Record?.ClockReached).OfType<ClockReached>()
                .Select(reached => (reached.CaseId, reached.Stage, reached.Mark)).ToList();
            return found.Exists(mark => mark.CaseId == sentinel && mark.Stage == ClockStage.Expired) ? found : null;
        });
        Assert.True(expected.Count > 2 * Cases, $"too few marks to mean anything: {expected.Count}");
        Assert.Equal(marks.Count, marks.Distinct().Count());
        Assert.Equal(expected, marks.ToHashSet());
    }

    private static IEnumerable<(string, ClockStage, Timestamp)> Marks(string caseId, ClockState clock) => new[]
    {
        (caseId, ClockStage.Half, clock.HalfAt), (caseId, ClockStage.Eighty, clock.EightyAt), (caseId, ClockStage.LastDay, clock.LastDayAt),
        (caseId, ClockStage.Expired, clock.DueAt),
    }.Where(mark => mark.Item3 is not null);

    private static Task PauseAsync(int milliseconds, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellation);
}
