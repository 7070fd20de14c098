using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// Nothing is told before it is durable, and nothing is flushed for nobody.
public sealed class FlushTests
{
    [Fact]
    public async Task A_publish_is_neither_answered_nor_delivered_before_the_flush()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        using var reached = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        fixture.Disk.BeforeFlush = () =>
        {
            reached.Set();
            released.Wait(TimeSpan.FromSeconds(60));
        };

        var publish = fixture.Broker.PublishAsync(null, BrokerFixture.Message("a", "x", QoS.ExactlyOnce), 0, default).AsTask();
        Assert.True(reached.Wait(TimeSpan.FromSeconds(60)));
        var (wasAnswered, delivered) = (publish.IsCompleted, client.Deliveries.Count);
        fixture.Disk.BeforeFlush = null;
        released.Set();

        Assert.False(wasAnswered);
        Assert.Equal(0, delivered);

        Assert.Equal(ReasonCode.Success, (await publish).Reason);
        await fixture.SettleAsync();
        Assert.Single(client.Deliveries);
    }

    [Fact]
    public async Task What_waits_while_the_disk_works_is_one_flush()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        using var reached = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        fixture.Disk.BeforeFlush = () =>
        {
            reached.Set();
            released.Wait(TimeSpan.FromSeconds(60));
        };
        var before = fixture.Disk.FlushCount;
        var first = fixture.Broker.PublishAsync(null, BrokerFixture.Message("a", "first"), 0, default).AsTask();
        Assert.True(reached.Wait(TimeSpan.FromSeconds(60)));

        var others = Enumerable.Range(0, 100)
            .Select(i => fixture.Broker.PublishAsync(null, BrokerFixture.Message("a", $"{i}"), 0, default).AsTask()).ToList();
        fixture.Disk.BeforeFlush = null;
        released.Set();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(before + 2, fixture.Disk.FlushCount);
    }

    [Fact]
    public async Task Answers_of_QoS_1_and_messages_for_nobody_force_no_flush_and_the_heartbeat_flushes_them()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x");
        var before = fixture.Disk.FlushCount;

        await client.AnswerAsync(1, AnswerKind.Puback);
        await client.PublishAsync("nobody", "y");
        await fixture.PublishAsync("a", "z", QoS.AtMostOnce);
        Assert.Equal(before, fixture.Disk.FlushCount);
        await fixture.TickAsync();
        Assert.Equal(before + 1, fixture.Disk.FlushCount);
        await fixture.TickAsync();

        Assert.Equal(before + 1, fixture.Disk.FlushCount);
    }

    [Fact]
    public async Task PUBREL_goes_out_after_the_flush_of_PUBREC()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x", QoS.ExactlyOnce);
        var before = fixture.Disk.FlushCount;
        var seen = -1;
        fixture.Disk.BeforeFlush = () => seen = client.Releases.Count;

        await client.AnswerAsync(1, AnswerKind.Pubrec);

        Assert.Equal(0, seen);
        Assert.Equal(before + 1, fixture.Disk.FlushCount);
        Assert.Single(client.Releases);
    }

    [Fact]
    public async Task A_QoS_2_packet_id_is_durable_before_its_PUBLISH_goes_out()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c", window: 1);
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x");
        await fixture.PublishAsync("a", "y", QoS.ExactlyOnce);
        var seen = -1;
        fixture.Disk.BeforeFlush = () => seen = client.Deliveries.Count;

        await client.AnswerAsync(1, AnswerKind.Puback);

        Assert.Equal(1, seen);
        Assert.Equal(["x", "y"], client.Texts);
        await fixture.CutPowerAsync();
        fixture.Disk.BeforeFlush = null;
        fixture.Open();
        var again = Assert.Single((await fixture.ConnectAsync("c")).Deliveries);
        Assert.Equal((client.Deliveries[1].PacketId, true), (again.PacketId, again.IsDuplicate));
    }

    [Fact]
    public async Task A_disconnection_is_durable_when_it_is_answered()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var watcher = await fixture.ConnectAsync("watcher");
        await watcher.SubscribeAsync("will");
        var client = await fixture.ConnectAsync("c", expiry: 10, will: new WillMessage(BrokerFixture.Message("will", "gone")));
        await client.CloseAsync(CloseReason.Disconnected);
        fixture.Time.Advance(TimeSpan.FromSeconds(10));

        await fixture.CutPowerAsync();
        fixture.Open();
        await fixture.TickAsync();

        Assert.False((await fixture.ConnectAsync("c")).Opened.IsPresent);
        Assert.Empty((await fixture.ConnectAsync("watcher")).Deliveries);
    }

    [Fact]
    public async Task A_failed_flush_stops_the_broker_for_good_and_tells_everybody()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumQueuedCount = 1);
        var client = await fixture.ConnectAsync("c", window: 1);
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "fills");
        var old = await fixture.ConnectAsync("p", version: MqttVersion.V311);
        var waits = old.PublishAsync("a", "waits").AsTask();
        var remembered = fixture.Broker.RememberReceivedAsync(old.Session, 1, 1, 1, default).AsTask();
        await fixture.SettleAsync();
        var delivered = client.Deliveries.Count;

        fixture.Disk.FailAt(2, ShadowFault.FailBeforeEffect); // the write, then the flush
        await Assert.ThrowsAsync<BrokerStoppedException>(() => client.SubscribeAsync("b"));

        await Assert.ThrowsAsync<BrokerStoppedException>(() => waits);
        await Assert.ThrowsAsync<BrokerStoppedException>(() => remembered);
        await Assert.ThrowsAsync<BrokerStoppedException>(() => fixture.PublishAsync("b", "x"));
        await Assert.ThrowsAsync<BrokerStoppedException>(async () => await fixture.Broker.AnsweredAsync(client.Session, 1, AnswerKind.Puback, 0, default));
        await Assert.ThrowsAnyAsync<IOException>(() => fixture.Broker.Completion);
        Assert.Equal(delivered, client.Deliveries.Count);
    }
}
