using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class QoSTests
{
    [Fact]
    public async Task No_more_than_the_receive_maximum_is_unanswered_MQTT5_3_3_4_9()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c", window: 2);
        await client.SubscribeAsync("a");
        for (var i = 0; i < 5; i++)
            await fixture.PublishAsync("a", $"{i}", i % 2 == 0 ? QoS.AtLeastOnce : QoS.ExactlyOnce);

        Assert.Equal(["0", "1"], client.Texts);
        await client.AnswerAsync(client.Deliveries[1].PacketId, AnswerKind.Pubrec);
        Assert.Equal(2, client.Deliveries.Count); // PUBREC does not end it
        await client.AnswerAsync(client.Deliveries[1].PacketId, AnswerKind.Pubcomp);
        Assert.Equal(["0", "1", "2"], client.Texts);
        await client.AnswerAsync(client.Deliveries[0].PacketId, AnswerKind.Puback);
        Assert.Equal(["0", "1", "2", "3"], client.Texts);
    }

    [Fact]
    public async Task Unanswered_messages_come_again_with_their_ids_and_DUP_in_the_original_order_MQTT5_4_4_0_1()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c", window: 3);
        await client.SubscribeAsync("a");
        for (var i = 0; i < 5; i++)
            await fixture.PublishAsync("a", $"{i}", i == 1 ? QoS.ExactlyOnce : QoS.AtLeastOnce);
        var first = client.Deliveries;
        await client.CloseAsync();

        var again = await fixture.ConnectAsync("c", window: 4);

        Assert.Equal(["0", "1", "2", "3"], again.Texts);
        Assert.Equal(first.Select(d => d.PacketId), again.Deliveries.Take(3).Select(d => d.PacketId));
        Assert.Equal([true, true, true, false], again.Deliveries.Select(d => d.IsDuplicate));
    }

    [Fact]
    public async Task PUBRELs_come_again_in_the_order_of_the_PUBRECs_and_no_PUBLISH_after_PUBREC_MQTT5_4_6_0_4()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        for (var i = 0; i < 3; i++)
            await fixture.PublishAsync("a", $"{i}", QoS.ExactlyOnce);
        var ids = client.Deliveries.Select(d => d.PacketId).ToList();
        await client.AnswerAsync(ids[2], AnswerKind.Pubrec);
        await client.AnswerAsync(ids[0], AnswerKind.Pubrec);
        Assert.Equal([ids[2], ids[0]], client.Releases.Select(r => r.Id));
        await client.CloseAsync();

        var again = await fixture.ConnectAsync("c");

        Assert.Equal([ids[2], ids[0]], again.Releases.Select(r => r.Id));
        Assert.Equal(["1"], again.Texts);
        await again.AnswerAsync(ids[2], AnswerKind.Pubcomp);
        await again.AnswerAsync(ids[0], AnswerKind.Pubcomp);
        await again.CloseAsync();
        Assert.Empty((await fixture.ConnectAsync("c")).Releases);
    }

    [Fact]
    public async Task A_repeated_PUBREC_is_answered_again_and_an_unknown_one_with_0x92()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x", QoS.ExactlyOnce);

        await client.AnswerAsync(1, AnswerKind.Pubrec);
        await client.AnswerAsync(1, AnswerKind.Pubrec);
        await client.AnswerAsync(99, AnswerKind.Pubrec);

        Assert.Equal(
            [(1, ReasonCode.Success), (1, ReasonCode.Success), (99, ReasonCode.PacketIdentifierNotFound)],
            client.Releases.Select(r => ((int)r.Id, r.Reason)));
    }

    [Fact]
    public async Task A_failure_in_the_answer_ends_the_message()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x", QoS.ExactlyOnce);
        await fixture.PublishAsync("a", "y");

        await client.AnswerAsync(1, AnswerKind.Pubrec, ReasonCode.QuotaExceeded);
        await client.AnswerAsync(2, AnswerKind.Puback, ReasonCode.UnspecifiedError);
        await client.CloseAsync();

        Assert.Empty(client.Releases);
        Assert.Empty((await fixture.ConnectAsync("c")).Deliveries);
        Assert.Equal(2, fixture.Meters["mqtt.broker.dropped Rejected"]);
    }

    [Fact]
    public async Task An_answer_of_the_wrong_kind_or_for_an_unknown_id_changes_nothing()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x", QoS.ExactlyOnce);
        await client.AnswerAsync(1, AnswerKind.Puback);
        await client.AnswerAsync(1, AnswerKind.Pubcomp);
        await client.AnswerAsync(500, AnswerKind.Puback);
        await client.CloseAsync();

        Assert.Equal(["x"], (await fixture.ConnectAsync("c")).Texts);
    }

    [Fact]
    public async Task A_QoS_2_message_is_taken_once_until_it_is_released_MQTT5_4_3_3_9()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var receiver = await fixture.ConnectAsync("r");
        await receiver.SubscribeAsync("a");
        var publisher = await fixture.ConnectAsync("p");

        Assert.Equal(1, (await publisher.PublishAsync("a", "x", QoS.ExactlyOnce, 7)).MatchedCount);
        Assert.Equal(new PublishOutcome(ReasonCode.Success, 0), await publisher.PublishAsync("a", "x", QoS.ExactlyOnce, 7));
        await publisher.CloseAsync();
        var again = await fixture.ConnectAsync("p");
        Assert.Equal([(ushort)7], again.Opened.Received);
        await again.PublishAsync("a", "x", QoS.ExactlyOnce, 7);
        Assert.Equal(ReasonCode.Success, await again.ReleaseAsync(7));
        Assert.Equal(ReasonCode.PacketIdentifierNotFound, await again.ReleaseAsync(7));
        await again.PublishAsync("a", "y", QoS.ExactlyOnce, 7);
        await fixture.SettleAsync();

        Assert.Equal(["x", "y"], receiver.Texts);
    }

    [Fact]
    public async Task Packet_ids_come_round_and_miss_those_in_use()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c", expiry: 0);
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "kept"); // id 1 stays in use
        for (var i = 0; i < 65_535; i++)
        {
            await fixture.Broker.PublishAsync(null, BrokerFixture.Message("a", "x"), 0, default);
            await fixture.Broker.AnsweredAsync(client.Session, (ushort)(2 + (i % 65_534)), AnswerKind.Puback, ReasonCode.Success, default);
        }
        await fixture.SettleAsync();

        var ids = client.Deliveries.Select(d => (int)d.PacketId).ToList();
        Assert.Equal(65_536, ids.Count);
        Assert.Equal([.. Enumerable.Range(1, 65_535), 2], ids);
    }

    [Fact]
    public async Task QoS_0_to_a_busy_link_is_dropped_and_counted_and_QoS_1_waits()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        client.IsBusy = true;
        await fixture.PublishAsync("a", "lost", QoS.AtMostOnce);
        await fixture.PublishAsync("a", "kept");
        Assert.Empty(client.Deliveries);

        await client.ReadyAsync();

        Assert.Equal(["kept"], client.Texts);
        Assert.Equal(1, fixture.Meters["mqtt.broker.dropped SlowReceiver"]);
    }

    [Fact]
    public async Task QoS_0_is_not_kept_for_who_is_away()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        await client.CloseAsync();

        Assert.Equal(ReasonCode.Success, (await fixture.PublishAsync("a", "x", QoS.AtMostOnce)).Reason);

        Assert.Empty((await fixture.ConnectAsync("c")).Deliveries);
    }
}
