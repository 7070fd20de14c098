using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class RetainedTests
{
    [Fact]
    public async Task The_last_retained_message_of_each_topic_follows_a_subscription_MQTT5_3_3_1_5()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await fixture.PublishAsync("a/1", "old", retain: true);
        await fixture.PublishAsync("a/1", "new", retain: true);
        await fixture.PublishAsync("a/2", "two", QoS.AtMostOnce, retain: true);
        await fixture.PublishAsync("a/3", "not retained");
        await fixture.PublishAsync("$x/1", "hidden", retain: true);
        var client = await fixture.ConnectAsync("c");

        await client.SubscribeAsync("#");

        Assert.Equal(["new", "two"], client.Texts.Order());
        Assert.All(client.Deliveries, d => Assert.True(d.IsRetained));
        await client.SubscribeAsync("$x/#");
        Assert.Equal("hidden", client.Texts[^1]);
    }

    [Fact]
    public async Task An_empty_payload_removes_and_is_still_delivered_MQTT5_3_3_1_6()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var watcher = await fixture.ConnectAsync("w");
        await watcher.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x", retain: true);
        await fixture.PublishAsync("a", "", retain: true);
        var client = await fixture.ConnectAsync("c");

        await client.SubscribeAsync("a");

        Assert.Empty(client.Deliveries);
        Assert.Equal(["x", ""], watcher.Texts);
    }

    [Theory]
    [InlineData(RetainHandling.SendAtSubscribe, 2)]
    [InlineData(RetainHandling.SendAtNewSubscribe, 1)]
    [InlineData(RetainHandling.DoNotSend, 0)]
    public async Task Retain_handling_says_when_they_are_sent_MQTT5_3_3_1_9(RetainHandling handling, int sent)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await fixture.PublishAsync("a", "x", retain: true);
        var client = await fixture.ConnectAsync("c");

        await client.SubscribeAsync("a", handling: handling);
        await client.SubscribeAsync("a", handling: handling);

        Assert.Equal(sent, client.Deliveries.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_flag_is_passed_on_only_where_that_is_asked_for_MQTT5_3_3_1_12(bool asPublished)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a", asPublished: asPublished);

        await fixture.PublishAsync("a", "x", retain: true);
        await fixture.PublishAsync("a", "y");

        Assert.Equal([asPublished, false], client.Deliveries.Select(d => d.IsRetained));
    }

    [Fact]
    public async Task Retained_messages_are_not_sent_for_shared_subscriptions()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await fixture.PublishAsync("a", "x", retain: true);
        var client = await fixture.ConnectAsync("c");

        await client.SubscribeAsync("$share/g/a");

        Assert.Empty(client.Deliveries);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 0)]
    public async Task A_retained_message_expires(int seconds, int sent)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await fixture.PublishAsync("a", "x", retain: true, expiry: 10);
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
        var before = await fixture.ConnectAsync("before the heartbeat");
        await before.SubscribeAsync("a");
        await fixture.TickAsync();
        var after = await fixture.ConnectAsync("after it");
        await after.SubscribeAsync("a");

        Assert.Equal(sent, before.Deliveries.Count);
        Assert.Equal(sent, after.Deliveries.Count);
        if (sent > 0)
            Assert.Equal(1u, after.Deliveries[0].ExpirySeconds);
    }

    [Fact]
    public async Task A_busy_link_gets_all_of_them_when_it_is_ready_and_nothing_newer_before_them()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        for (var i = 0; i < 50; i++)
            await fixture.PublishAsync($"a/{i:00}", "old", QoS.AtMostOnce, retain: true);
        var client = await fixture.ConnectAsync("c");
        client.IsBusy = true;
        await client.SubscribeAsync("a/#");
        await fixture.PublishAsync("a/07", "new", QoS.AtMostOnce);

        await client.ReadyAsync();

        Assert.Equal(51, client.Deliveries.Count);
        Assert.Equal(["old", "new"], client.Deliveries.Where(d => d.Message.Topic == "a/07").Select(TestClient.TextOf));
        await fixture.PublishAsync("a/07", "newer", QoS.AtMostOnce);
        Assert.Equal("newer", client.Texts[^1]);
    }

    [Fact]
    public async Task There_is_only_so_much_room_for_retained_messages()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumRetainedCount = 2);
        var three = await fixture.ConnectAsync("3", version: MqttVersion.V311);
        await fixture.PublishAsync("a", "1", retain: true);
        await fixture.PublishAsync("b", "1", retain: true);

        Assert.Equal(ReasonCode.QuotaExceeded, (await fixture.PublishAsync("c", "1", retain: true)).Reason);
        Assert.NotEqual(ReasonCode.QuotaExceeded, (await fixture.PublishAsync("b", "2", retain: true)).Reason);
        var slowed = three.PublishAsync("c", "1", retain: true).AsTask();
        await fixture.SettleAsync();
        Assert.False(slowed.IsCompleted);
        await fixture.PublishAsync("a", "", retain: true);

        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await slowed).Reason);
    }
}
