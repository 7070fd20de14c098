using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class SharedSubscriptionTests
{
    private const string Filter = "$share/g/a/#";

    [Fact]
    public async Task Members_take_turns_and_other_groups_and_subscriptions_get_their_own_copies()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var (one, two) = (await MemberAsync(fixture, "1"), await MemberAsync(fixture, "2"));
        var other = await fixture.ConnectAsync("other");
        await other.SubscribeAsync("$share/h/a/#");
        await one.SubscribeAsync("a/x");

        for (var i = 0; i < 4; i++)
            Assert.Equal(3, (await fixture.PublishAsync("a/x", $"{i}")).MatchedCount);

        Assert.Equal(4 + 2, one.Deliveries.Count);
        Assert.Equal(2, two.Deliveries.Count);
        Assert.Equal(["0", "1", "2", "3"], other.Texts);
    }

    [Fact]
    public async Task Those_online_go_before_those_away_and_busy_ones_are_passed_over_at_QoS_0()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var (one, two, three) = (await MemberAsync(fixture, "1"), await MemberAsync(fixture, "2"), await MemberAsync(fixture, "3"));
        await one.CloseAsync();
        two.IsBusy = true;

        for (var i = 0; i < 4; i++)
            await fixture.PublishAsync("a", $"{i}", QoS.AtMostOnce);

        Assert.Equal(4, three.Deliveries.Count);
        Assert.Empty(two.Deliveries);
    }

    [Fact]
    public async Task What_a_member_has_not_answered_goes_to_another_when_it_leaves()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var one = await MemberAsync(fixture, "1", window: 1);
        for (var i = 0; i < 3; i++)
            await fixture.PublishAsync("a", $"{i}");
        var two = await MemberAsync(fixture, "2");
        Assert.Equal(["0"], one.Texts);

        await one.CloseAsync();
        await fixture.SettleAsync();

        Assert.Equal(["0", "1", "2"], two.Texts);
        Assert.All(two.Deliveries, d => Assert.False(d.IsDuplicate));
        Assert.Empty((await fixture.ConnectAsync("1")).Deliveries);
    }

    [Fact]
    public async Task A_QoS_2_message_that_was_sent_stays_with_its_receiver_MQTT5_4_8_2_4()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var one = await MemberAsync(fixture, "1", window: 1);
        await fixture.PublishAsync("a", "sent", QoS.ExactlyOnce);
        await fixture.PublishAsync("a", "waits", QoS.ExactlyOnce);
        var two = await MemberAsync(fixture, "2");

        await one.CloseAsync();

        Assert.Equal(["waits"], two.Texts);
        Assert.Equal(["sent"], (await fixture.ConnectAsync("1")).Texts);
    }

    [Fact]
    public async Task A_QoS_2_message_that_was_sent_ends_with_the_session_MQTT5_4_8_2_5()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var one = await MemberAsync(fixture, "1", window: 1, expiry: 0);
        await fixture.PublishAsync("a", "sent", QoS.ExactlyOnce);
        await fixture.PublishAsync("a", "waits", QoS.ExactlyOnce);
        var two = await MemberAsync(fixture, "2");

        await one.CloseAsync();

        Assert.Equal(["waits"], two.Texts);
        Assert.Equal(1, fixture.Meters["mqtt.broker.dropped NoMemberLeft"]);
    }

    [Fact]
    public async Task With_all_away_messages_wait_and_go_to_the_first_that_comes()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await (await MemberAsync(fixture, "1")).CloseAsync();
        await (await MemberAsync(fixture, "2")).CloseAsync();
        for (var i = 0; i < 4; i++)
            Assert.Equal(ReasonCode.Success, (await fixture.PublishAsync("a", $"{i}")).Reason);

        await fixture.RestartAsync();
        var two = await fixture.ConnectAsync("2");

        Assert.Equal(["0", "1", "2", "3"], two.Texts.Order());
        Assert.Empty((await fixture.ConnectAsync("1")).Deliveries);
    }

    [Fact]
    public async Task A_member_that_unsubscribes_keeps_what_was_sent_and_passes_on_what_waits()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var one = await MemberAsync(fixture, "1", window: 1);
        await fixture.PublishAsync("a", "sent");
        await fixture.PublishAsync("a", "waits");
        var two = await MemberAsync(fixture, "2");
        await one.UnsubscribeAsync(Filter);
        await fixture.SettleAsync();

        Assert.Equal(["waits"], two.Texts);
        await one.AnswerAsync(1, AnswerKind.Puback);
        Assert.Equal(["sent"], one.Texts);
    }

    [Fact]
    public async Task A_full_member_is_passed_over_and_with_all_full_the_publisher_is_told()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumQueuedCount = 2);
        var (one, two) = (await MemberAsync(fixture, "1", window: 1), await MemberAsync(fixture, "2", window: 1));
        for (var i = 0; i < 4; i++)
            Assert.Equal(ReasonCode.Success, (await fixture.PublishAsync("a", $"{i}")).Reason);

        Assert.Equal(ReasonCode.QuotaExceeded, (await fixture.PublishAsync("a", "4")).Reason);
        await two.AnswerAsync(1, AnswerKind.Puback);
        Assert.Equal(ReasonCode.Success, (await fixture.PublishAsync("a", "5")).Reason);
        Assert.Single(one.Deliveries);
    }

    private static async Task<TestClient> MemberAsync(BrokerFixture fixture, string clientId, ushort window = 100, uint expiry = uint.MaxValue)
    {
        var member = await fixture.ConnectAsync(clientId, window: window, expiry: expiry);
        await member.SubscribeAsync(Filter);
        return member;
    }
}
