using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Uplink;

/// <summary>P0 waits for nobody: not for a backlog, not for a class the centre has no room for.</summary>
public sealed class OvertakingTests : IAsyncLifetime
{
    private const string Nowhere = "http://127.0.0.1:9"; // discard: nobody listens

    private readonly string _root = Directory.CreateTempSubdirectory("overtaking-").FullName;
    private FakeCentre _centre = null!; // InitializeAsync

    public async ValueTask InitializeAsync() => _centre = await FakeCentre.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task An_alert_overtakes_a_backlog_that_does_not_move()
    {
        await using (var alone = await RunningAgent.StartAsync(Nowhere, _root))
            await AppendAsync(alone, RecordClass.P2, 500);

        _centre.Faults.StalledLane = "backlog";
        await using var agent = await RunningAgent.StartAsync(_centre.Address, _root);
        await RunningAgent.UntilAsync(() => agent.Get<UplinkState>().State.StartsWith("connected", StringComparison.Ordinal), "the connection");
        await agent.AlertAsync("now");

        await RunningAgent.UntilAsync(() => Alerts().Contains("now"), "the alert");
        Assert.True(Sequences(RecordClass.P2).Length < 500, "the backlog was still to come");

        _centre.Faults.Released.SetResult();
        await RunningAgent.UntilAsync(() => agent.Get<AgentStatusReader>().Unsent() == 0, "the rest");
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (ulong)i), Sequences(RecordClass.P2).Order().Take(500));
    }

    [Fact]
    public async Task A_backlog_goes_P0_first()
    {
        await using (var alone = await RunningAgent.StartAsync(Nowhere, _root))
        {
            await AppendAsync(alone, RecordClass.P2, 200);
            await alone.AlertAsync("last appended");
        }

        await using var agent = await RunningAgent.StartAsync(_centre.Address, _root);
        await RunningAgent.UntilAsync(() => agent.Get<AgentStatusReader>().Unsent() == 0, "everything");

        var backlog = _centre.Ledger.Records.ToList();
        var alert = backlog.FindIndex(r => r.FieldAlert?.Title == "last appended");
        var first = backlog.FindIndex(r => r.Identity.RecordClass == RecordClass.P2 && r.Identity.Sequence <= 200);
        Assert.InRange(alert, 0, first);
    }

    [Fact]
    public async Task While_P2_is_told_to_come_later_P0_and_P1_go_on_over_the_same_connection_and_P2_follows_when_there_is_room()
    {
        var attempts = 0;
        _centre.Faults.Postpones = r => r.Identity.RecordClass == RecordClass.P2 && Interlocked.Increment(ref attempts) > 0;
        await using var agent = await RunningAgent.StartAsync(_centre.Address, _root);
        await AppendAsync(agent, RecordClass.P2, 300);
        await RunningAgent.UntilAsync(() => Volatile.Read(ref attempts) >= 3, "P2 refused");
        await RunningAgent.UntilAsync(() => agent.Get<UplinkState>().State.Contains("P2 waits: BUSY", StringComparison.Ordinal), "the reason in the state");
        for (var i = 0; i < 50; i++)
            await agent.AlertAsync($"alert {i}");
        await AppendAsync(agent, RecordClass.P1, 50);

        await RunningAgent.UntilAsync(() => Alerts().Length == 50 && Sequences(RecordClass.P1).Length == 50, "P0 and P1");
        var streams = _centre.Faults.Streams;
        Assert.Empty(Sequences(RecordClass.P2));

        _centre.Faults.Postpones = _ => false;
        await RunningAgent.UntilAsync(() => agent.Get<AgentStatusReader>().Unsent() == 0, "P2, without a restart");
        Assert.Equal(streams, _centre.Faults.Streams);
        Assert.Equal(Sequences(RecordClass.P2).Order(), Sequences(RecordClass.P2).Distinct().Order());
        // A volley at most, then one record per wait: not the backlog again and again.
        Assert.InRange(attempts, 3, 299);
        Assert.StartsWith("connected to", agent.Get<UplinkState>().State);
    }

    [Fact]
    public async Task One_alert_told_to_come_later_holds_up_no_other()
    {
        _centre.Faults.Postpones = r => r.FieldAlert?.Title == "not now";
        await using var agent = await RunningAgent.StartAsync(_centre.Address, _root);
        await agent.AlertAsync("not now");
        for (var i = 0; i < 40; i++)
            await agent.AlertAsync($"alert {i}");

        await RunningAgent.UntilAsync(() => Alerts().Length == 40, "the others");
        Assert.DoesNotContain("not now", Alerts());

        _centre.Faults.Postpones = _ => false;
        await RunningAgent.UntilAsync(() => Alerts().Contains("not now"), "the one");
    }

    private static async Task AppendAsync(RunningAgent agent, RecordClass recordClass, int count) => await Task.WhenAll(
        Enumerable.Range(0, count).Select(i => agent.Get<AgentSpool>().AppendAsync(
            recordClass, new Record { FieldAlert = new FieldAlert { EpisodeId = $"{recordClass} {i}" } }, TestContext.Current.CancellationToken)));

    private string[] Alerts() => [.. _centre.Ledger.Records.Where(r => r.FieldAlert is { Title.Length: > 0 }).Select(r => r.FieldAlert.Title)];

    private ulong[] Sequences(RecordClass recordClass) =>
        [.. _centre.Ledger.Records.Select(r => r.Identity).Where(i => i.Producer == "dock-test" && i.RecordClass == recordClass).Select(i => i.Sequence)];
}
