using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class QuotaTests
{
    [Fact]
    public async Task At_the_limit_5_0_is_told_and_nothing_is_kept_anywhere()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumQueuedCount = 2);
        var full = await AwayAsync(fixture, "full", "a");
        var other = await fixture.ConnectAsync("other");
        await other.SubscribeAsync("#");
        var publisher = await fixture.ConnectAsync("p");
        await publisher.PublishAsync("a", "0");
        await publisher.PublishAsync("a", "1");
        await other.AnswerAsync(1, AnswerKind.Puback);
        await other.AnswerAsync(2, AnswerKind.Puback);

        var refused = await publisher.PublishAsync("a", "2", QoS.ExactlyOnce, 9, retain: true);
        await fixture.SettleAsync();

        Assert.Equal(ReasonCode.QuotaExceeded, refused.Reason);
        Assert.Equal(["0", "1"], other.Texts);
        Assert.Equal(ReasonCode.PacketIdentifierNotFound, await publisher.ReleaseAsync(9));
        var later = await fixture.ConnectAsync("later");
        await later.SubscribeAsync("a");
        Assert.Empty(later.Deliveries);
        Assert.Equal(["0", "1"], (await fixture.ConnectAsync(full)).Texts);
        Assert.Equal(1, fixture.Meters["mqtt.broker.refused QuotaExceeded"]);
    }

    [Fact]
    public async Task Bytes_count_too_but_one_message_always_fits()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o =>
        {
            o.MaximumMessageBytes = 2_048;
            o.MaximumQueuedBytes = 2_048;
        });
        await AwayAsync(fixture, "c", "a");

        Assert.Equal(ReasonCode.Success, (await fixture.PublishAsync("a", new string('x', 1_900))).Reason);
        Assert.Equal(ReasonCode.QuotaExceeded, (await fixture.PublishAsync("a", new string('x', 100))).Reason);
    }

    [Fact]
    public async Task A_3_1_1_publisher_is_slowed_until_there_is_room_and_keeps_its_order()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumQueuedCount = 2);
        var receiver = await fixture.ConnectAsync("r", window: 1);
        await receiver.SubscribeAsync("a");
        var publisher = await fixture.ConnectAsync("p", version: MqttVersion.V311);
        var publishes = Enumerable.Range(0, 5).Select(i => publisher.PublishAsync("a", $"{i}").AsTask()).ToList();
        var elsewhere = publisher.PublishAsync("b", "behind").AsTask();
        await fixture.SettleAsync();
        Assert.Equal([true, true, false, false, false], publishes.Select(p => p.IsCompleted));
        Assert.False(elsewhere.IsCompleted);

        for (ushort id = 1; id <= 5; id++)
        {
            await fixture.WaitAsync(() => receiver.Deliveries.Count == id);
            await receiver.AnswerAsync(receiver.Deliveries[^1].PacketId, AnswerKind.Puback);
        }

        Assert.All(await Task.WhenAll(publishes), o => Assert.Equal(ReasonCode.Success, o.Reason));
        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await elsewhere).Reason);
        Assert.Equal(["0", "1", "2", "3", "4"], receiver.Texts);
    }

    [Fact]
    public async Task A_publish_that_waits_ends_with_its_connection_a_take_over_or_its_caller()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumQueuedCount = 1);
        await AwayAsync(fixture, "full", "a");
        await fixture.PublishAsync("a", "fills");
        var closes = await fixture.ConnectAsync("closes", version: MqttVersion.V311);
        var taken = await fixture.ConnectAsync("taken", version: MqttVersion.V311);
        var cancels = await fixture.ConnectAsync("cancels", version: MqttVersion.V311);
        using var cancellation = new CancellationTokenSource();
        var first = closes.PublishAsync("a", "x").AsTask();
        var second = taken.PublishAsync("a", "x").AsTask();
        var third = fixture.Broker.PublishAsync(cancels.Session, BrokerFixture.Message("a", "x"), 0, cancellation.Token).AsTask();
        await fixture.SettleAsync();

        await closes.CloseAsync();
        await fixture.ConnectAsync("taken", version: MqttVersion.V311);
        await cancellation.CancelAsync();

        Assert.Equal(ReasonCode.SessionTakenOver, (await first).Reason);
        Assert.Equal(ReasonCode.SessionTakenOver, (await second).Reason);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.Equal(["fills"], (await fixture.ConnectAsync("full")).Texts);
    }

    [Fact]
    public async Task The_end_of_the_full_session_or_its_subscription_lets_the_publisher_go_on()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumQueuedCount = 1);
        await AwayAsync(fixture, "full", "a", expiry: 60);
        await fixture.PublishAsync("a", "fills");
        var publisher = await fixture.ConnectAsync("p", version: MqttVersion.V311);
        var waits = publisher.PublishAsync("a", "x").AsTask();
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.False(waits.IsCompleted);

        await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await waits).Reason);
    }

    [Fact]
    public async Task What_has_expired_gives_its_room_back()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumQueuedCount = 2);
        await AwayAsync(fixture, "c", "a");
        await fixture.PublishAsync("a", "short", expiry: 10);
        await fixture.PublishAsync("a", "long", expiry: 100);
        Assert.Equal(ReasonCode.QuotaExceeded, (await fixture.PublishAsync("a", "x")).Reason);

        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ReasonCode.Success, (await fixture.PublishAsync("a", "y")).Reason);

        var client = await fixture.ConnectAsync("c");
        Assert.Equal(["long", "y"], client.Texts);
        Assert.Equal([90u, null], client.Deliveries.Select(d => d.ExpirySeconds));
        Assert.Equal(1, fixture.Meters["mqtt.broker.dropped Expired"]);
    }

    private static async Task<string> AwayAsync(BrokerFixture fixture, string clientId, string filter, uint expiry = uint.MaxValue)
    {
        var client = await fixture.ConnectAsync(clientId, expiry: expiry);
        await client.SubscribeAsync(filter);
        await client.CloseAsync();
        return clientId;
    }
}
