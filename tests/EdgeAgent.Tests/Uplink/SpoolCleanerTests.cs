using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Uplink;

public sealed class SpoolCleanerTests : IAsyncLifetime
{
    // Two or three of our records to a segment.
    private const int SegmentBytes = 1024;

    private readonly string _root = Directory.CreateTempSubdirectory("cleaner-").FullName;
    private FakeCentre _centre = null!; // InitializeAsync

    public async ValueTask InitializeAsync() => _centre = await FakeCentre.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Proved_segments_of_P1_and_P2_go_P0_stays_and_a_restart_goes_on_where_it_was()
    {
        await using (var agent = await StartAsync())
        {
            foreach (var recordClass in new[] { RecordClass.P0, RecordClass.P1, RecordClass.P2 })
                await AppendAsync(agent, recordClass, 30);
            await RunningAgent.UntilAsync(() => Closed(agent, RecordClass.P1) is null && Closed(agent, RecordClass.P2) is null, "only open segments left");

            Assert.Equal(1ul, Log(agent, RecordClass.P0).FirstSequence);
            Assert.NotNull(Closed(agent, RecordClass.P0));
            Assert.True(Log(agent, RecordClass.P1).FirstSequence > 20);
        }

        await using var again = await StartAsync();
        await AppendAsync(again, RecordClass.P1, 5);
        await RunningAgent.UntilAsync(() => Received(RecordClass.P1).Length == 35, "what came after the restart");

        Assert.Equal(Enumerable.Range(1, 35).Select(i => (ulong)i), Received(RecordClass.P1).Order()); // two lanes: in any order, each once
        Assert.Equal(1u, again.Get<AgentSpool>().State!.Epoch);
        Assert.Empty(again.Get<StationAlarms>().Raised);
    }

    [Fact]
    public async Task A_segment_with_one_unanswered_record_stays_with_all_behind_it()
    {
        _centre.Faults.Postpones = r => r.Identity is { RecordClass: RecordClass.P1, Sequence: 10 };
        await using var agent = await StartAsync();
        await AppendAsync(agent, RecordClass.P1, 30);
        await RunningAgent.UntilAsync(() => Log(agent, RecordClass.P1).FirstSequence > 5, "the segments below it deleted");

        Assert.InRange(Log(agent, RecordClass.P1).FirstSequence, 6ul, 10ul);
        _centre.Faults.Postpones = _ => false;
        await RunningAgent.UntilAsync(() => Closed(agent, RecordClass.P1) is null, "the rest deleted");
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (ulong)i), Received(RecordClass.P1).Order());
    }

    [Fact]
    public async Task A_ledger_whose_tree_does_not_hold_the_record_deletes_nothing_and_raises_the_alarm()
    {
        _centre.Ledger.Forked = true;
        await using var agent = await StartAsync();
        await AppendAsync(agent, RecordClass.P1, 30);

        await RunningAgent.UntilAsync(() => agent.Get<StationAlarms>().Any(StationAlarms.LedgerForked), "the alarm");

        Assert.Equal(1ul, Log(agent, RecordClass.P1).FirstSequence);
    }

    // Everything else about the ledger is true, so nobody but the cleaner can see it.
    [Fact]
    public async Task A_false_proof_of_the_record_that_is_asked_for_deletes_nothing_and_raises_the_alarm()
    {
        _centre.Faults.LiesAboutInclusion = r => r.Identity.RecordClass == RecordClass.P1;
        await using var agent = await StartAsync();
        await AppendAsync(agent, RecordClass.P1, 30);

        await RunningAgent.UntilAsync(
            () => agent.Get<StationAlarms>().Any(StationAlarms.LedgerForked) || Log(agent, RecordClass.P1).FirstSequence > 1, "the alarm");

        Assert.Equal(1ul, Log(agent, RecordClass.P1).FirstSequence);
        Assert.True(agent.Get<StationAlarms>().Any(StationAlarms.LedgerForked));
    }

    private Task<RunningAgent> StartAsync() => RunningAgent.StartAsync(_centre.Address, _root, SegmentBytes);

    // One after the other: each is a batch of its own, so that segments are small.
    private static async Task AppendAsync(RunningAgent agent, RecordClass recordClass, int count)
    {
        for (var i = 0; i < count; i++)
            await agent.Get<AgentSpool>().AppendAsync(
                recordClass, new Record { FieldAlert = new FieldAlert { Title = "a" } }, TestContext.Current.CancellationToken);
    }

    private static ClassSpool Log(RunningAgent agent, RecordClass recordClass) => agent.Get<AgentSpool>().Find(1, recordClass)!;

    private static (ulong, ulong)? Closed(RunningAgent agent, RecordClass recordClass) => Log(agent, recordClass).OldestClosed();

    private ulong[] Received(RecordClass recordClass) =>
        [.. _centre.Ledger.Records.Select(r => r.Identity).Where(i => i.Producer == "dock-test" && i.RecordClass == recordClass).Select(i => i.Sequence)];
}
