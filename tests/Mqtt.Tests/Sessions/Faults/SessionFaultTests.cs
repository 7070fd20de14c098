using EdgeEnforcement.Mqtt.Tests.Sessions.Model;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Sessions.Faults;

/// <summary>Every call of the session log's paths fails once in every way.</summary>
[Trait("Form", "Sweep")]
public sealed class SessionFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Commit_with_both_qualities_in_both_directions_and_rolls()
    {
        var calls = await SweepAsync("commit", stride: 2, s => s.BeginAsync(), async s =>
        {
            await s.ExchangeAsync();
            await s.Model.Clients[0].CloseAsync(Mqtt.Sessions.CloseReason.ConnectionLost);
            await s.Model.Clients[1].PublishAsync("t/0", QoS.ExactlyOnce);
            await s.Model.Clients[1].ReleaseOneAsync();
            await s.Model.Clients[0].ConnectAsync();
            await s.TickAsync();
        });

        Assert.True(calls > 30, $"{calls} calls");
    }

    [Fact]
    public async Task Snapshot_and_the_deletion_of_what_it_covers()
    {
        var calls = await SweepAsync("snapshot", stride: 1, async s =>
        {
            await s.BeginAsync();
            await s.ExchangeAsync();
            await s.CloseAsync();
            s.Options.SnapshotTailBytes = 4_096;
            await s.OpenAsync();
            foreach (var client in s.Model.Clients)
                await client.ConnectAsync();
        }, async s =>
        {
            var before = s.Disk.SyncDirectoryCount;
            while (!s.Disk.Exists($"{BrokerFixture.Folder}/snapshot"))
                await s.Model.Clients[0].PublishAsync("r/0", QoS.AtLeastOnce, retain: true);
            await s.Model.Clients[1].PublishAsync("t/0", QoS.ExactlyOnce);
            Assert.True(s.Disk.SyncDirectoryCount > before);
        });

        Assert.True(calls > 10, $"{calls} calls");
    }

    [Fact]
    public async Task Wills_shared_groups_and_sessions_that_begin_anew()
    {
        var calls = await SweepAsync("wills", stride: 2, async s =>
        {
            await s.BeginAsync();
            foreach (var client in s.Model.Clients)
            {
                await client.SubscribeAsync(SessionModel.SharedFilter);
                await client.SubscribeAsync(ModelWills.Topic);
            }
        }, async s =>
        {
            var (first, second, third) = (s.Model.Clients[0], s.Model.Clients[1], s.Model.Clients[2]);
            await first.ConnectAsync(willDelay: 5);
            await second.ConnectAsync(willDelay: 0);
            for (var i = 0; i < 6; i++)
                await third.PublishAsync(SessionModel.Shared, (QoS)(1 + (i % 2)), expiry: i == 5 ? 3u : null);
            await first.CloseAsync(Mqtt.Sessions.CloseReason.ConnectionLost);
            await second.CloseAsync(Mqtt.Sessions.CloseReason.ConnectionLost);
            await s.Model.AdvanceAsync(TimeSpan.FromSeconds(6));
            await second.ConnectAsync(isClean: true, willDelay: 9);
            await second.CloseAsync(Mqtt.Sessions.CloseReason.Disconnected);
            await first.ConnectAsync();
        });

        Assert.True(calls > 20, $"{calls} calls");
    }

    [Fact]
    public async Task First_start_of_an_empty_directory()
    {
        var calls = await SweepAsync("first start", stride: 1, _ => Task.CompletedTask, async s =>
        {
            await s.BeginAsync();
            await s.Model.Clients[0].PublishAsync("t/0", QoS.ExactlyOnce);
        });

        Assert.True(calls > 5, $"{calls} calls");
    }

    [Fact]
    public async Task Recovery_from_a_snapshot_and_a_torn_tail()
    {
        var calls = await SweepAsync("recovery", stride: 2, async s =>
        {
            s.Options.SnapshotTailBytes = 4_096;
            await s.BeginAsync();
            await s.ExchangeAsync();
            for (var i = 0; i < 30; i++)
                await s.Model.Clients[0].PublishAsync("r/0", QoS.AtLeastOnce, retain: true);
            s.Disk.FailAt(2, ShadowFault.PowerOffBeforeEffect);
            await Assert.ThrowsAnyAsync<InvalidOperationException>(() => s.Model.Clients[1].PublishAsync("t/0", QoS.ExactlyOnce));
            await s.LetGoAsync();
            s.Disk.Crash(CrashMode.Tear, 1);
        }, async s =>
        {
            await s.OpenAsync();
            foreach (var client in s.Model.Clients)
                await client.ConnectAsync();
        });

        Assert.True(calls > 8, $"{calls} calls");
    }

    private async Task<int> SweepAsync(string path, int stride, Func<SessionScenario, Task> prepare, Func<SessionScenario, Task> work) =>
        await new FaultSweep(path, () => new SessionScenario(prepare, work), output.WriteLine) { ShortStride = stride }.RunAsync();
}
