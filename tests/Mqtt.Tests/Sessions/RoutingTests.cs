using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class RoutingTests
{
    [Fact]
    public async Task Nobody_matches_and_the_publisher_is_told()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();

        Assert.Equal(new PublishOutcome(ReasonCode.NoMatchingSubscribers, 0), await fixture.PublishAsync("a", "x"));
    }

    [Theory]
    [InlineData(QoS.AtMostOnce, QoS.ExactlyOnce, QoS.AtMostOnce)]
    [InlineData(QoS.AtLeastOnce, QoS.ExactlyOnce, QoS.AtLeastOnce)]
    [InlineData(QoS.ExactlyOnce, QoS.AtLeastOnce, QoS.AtLeastOnce)]
    [InlineData(QoS.ExactlyOnce, QoS.ExactlyOnce, QoS.ExactlyOnce)]
    public async Task The_QoS_is_the_lower_of_published_and_granted_MQTT5_3_8_4_8(QoS published, QoS granted, QoS expected)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        Assert.Equal((ReasonCode)granted, await client.SubscribeAsync("a", granted));

        Assert.Equal(new PublishOutcome(ReasonCode.Success, 1), await fixture.PublishAsync("a", "x", published));

        var delivery = Assert.Single(client.Deliveries);
        Assert.Equal(expected, delivery.QoS);
        Assert.Equal(expected == QoS.AtMostOnce, delivery.PacketId == 0);
        Assert.False(delivery.IsRetained);
    }

    [Fact]
    public async Task Overlapping_filters_give_one_copy_with_all_identifiers_and_the_highest_QoS_MQTT5_3_3_4_2()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a/#", QoS.AtMostOnce, identifier: 1);
        await client.SubscribeAsync("a/+", QoS.AtLeastOnce, identifier: 2);
        await client.SubscribeAsync("a/b", QoS.AtMostOnce);

        await fixture.PublishAsync("a/b", "x");

        var delivery = Assert.Single(client.Deliveries);
        Assert.Equal(QoS.AtLeastOnce, delivery.QoS);
        Assert.Equal([1u, 2u], delivery.SubscriptionIdentifiers.Order());
    }

    [Fact]
    public async Task A_repeated_filter_replaces_the_subscription_MQTT5_3_8_4_3()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a", QoS.ExactlyOnce, identifier: 1);
        await client.SubscribeAsync("a", QoS.AtMostOnce, identifier: 2);

        await fixture.PublishAsync("a", "x");

        var delivery = Assert.Single(client.Deliveries);
        Assert.Equal(QoS.AtMostOnce, delivery.QoS);
        Assert.Equal([2u], delivery.SubscriptionIdentifiers);
    }

    [Fact]
    public async Task No_local_keeps_a_clients_own_messages_from_it_MQTT5_3_8_3_3()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var one = await fixture.ConnectAsync("one");
        var other = await fixture.ConnectAsync("other");
        await one.SubscribeAsync("a", noLocal: true);
        await other.SubscribeAsync("a", noLocal: true);

        Assert.Equal(1, (await one.PublishAsync("a", "x")).MatchedCount);
        await fixture.SettleAsync();

        Assert.Empty(one.Deliveries);
        Assert.Equal(["x"], other.Texts);
    }

    [Fact]
    public async Task Unsubscribed_filters_get_nothing_and_unknown_ones_are_told()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");

        Assert.Equal(ReasonCode.Success, await client.UnsubscribeAsync("a"));
        Assert.Equal(ReasonCode.NoSubscriptionExisted, await client.UnsubscribeAsync("a"));
        await fixture.PublishAsync("a", "x");

        Assert.Empty(client.Deliveries);
    }

    [Theory]
    [InlineData("a/#/b")]
    [InlineData("a+")]
    [InlineData("")]
    [InlineData("$share/g")]
    public async Task A_filter_that_is_none_is_refused(string filter)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");

        Assert.Equal(ReasonCode.TopicFilterInvalid, await client.SubscribeAsync(filter));
    }

    [Fact]
    public async Task Wildcards_in_a_topic_and_too_large_messages_are_refused()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumMessageBytes = 1_024);

        Assert.Equal(ReasonCode.TopicNameInvalid, (await fixture.PublishAsync("a/+", "x")).Reason);
        Assert.Equal(ReasonCode.PacketTooLarge, (await fixture.PublishAsync("a", new string('x', 1_024))).Reason);
    }

    [Fact]
    public async Task There_are_only_so_many_subscriptions()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumSubscriptionsPerSession = 2);
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b");

        Assert.Equal(ReasonCode.QuotaExceeded, await client.SubscribeAsync("c"));
        Assert.Equal(ReasonCode.GrantedQoS2, await client.SubscribeAsync("b"));
    }

    [Fact]
    public async Task Messages_of_a_topic_come_in_order_through_window_and_reconnects_MQTT5_4_6_0_1()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c", window: 3);
        await client.SubscribeAsync("a");
        var publisher = await fixture.ConnectAsync("p");
        for (var i = 0; i < 60; i++)
        {
            await publisher.PublishAsync("a", $"{i}");
            if (i % 20 != 10)
                continue;
            await client.CloseAsync();
            client = await fixture.ConnectAsync("c", window: 3);
        }
        await fixture.SettleAsync();
        Assert.Equal(["0", "1", "2"], client.Texts);

        await client.CloseAsync();
        var last = await fixture.ConnectAsync("c", window: 3, link: new TestClient(fixture) { AnswersAll = true });
        await fixture.WaitAsync(() => last.Deliveries.Count == 60);

        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"{i}"), last.Texts);
        Assert.Equal(3, last.Deliveries.Count(d => d.IsDuplicate));
    }
}
