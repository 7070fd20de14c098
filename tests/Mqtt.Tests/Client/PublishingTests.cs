using EdgeEnforcement.Mqtt.Client;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Tests.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Client;

public sealed class PublishingTests : IDisposable
{
    private static readonly MqttClientOptions Kept = new() { ClientId = "c", SessionExpirySeconds = 3600 };

    private readonly ScriptedServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_ticket_completes_with_what_the_server_says()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync();

        var (yes, no) = (await client.PublishAsync("t", QoS.AtLeastOnce), await client.PublishAsync("t", QoS.AtLeastOnce));
        var (first, second) = (await link.ReadAsync<PublishCopy>(), await link.ReadAsync<PublishCopy>());
        await link.WriteAsync(
            new AckPacket(PacketType.Puback, first.Form.PacketId, ReasonCode.NoMatchingSubscribers),
            new AckPacket(PacketType.Puback, second.Form.PacketId, ReasonCode.QuotaExceeded, "full"));

        Assert.Equal((PublishResultKind.Acknowledged, ReasonCode.NoMatchingSubscribers), ((await yes).Kind, (await yes).Reason));
        Assert.Equal((PublishResultKind.Refused, ReasonCode.QuotaExceeded, "full"), ((await no).Kind, (await no).Reason, (await no).Detail));
    }

    [Fact]
    public async Task The_servers_receive_maximum_is_respected_MQTT5_3_3_4_7()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.Success, ReceiveMaximum = 2 });

        var tickets = new List<Task<PublishResult>>();
        for (var i = 0; i < 3; i++)
            tickets.Add(await client.PublishAsync($"t/{i}", QoS.AtLeastOnce));
        var one = await link.ReadAsync<PublishCopy>();
        var two = await link.ReadAsync<PublishCopy>();
        // A third publish, had it been written, would come before this answer.
        await link.WriteAsync(ServerLink.Publish("d", QoS.AtLeastOnce, 5));
        Assert.Equal(new AckPacket(PacketType.Puback, 5), await link.ReadAsync<AckPacket>());
        await link.WriteAsync(new AckPacket(PacketType.Puback, one.Form.PacketId));
        await tickets[0];
        var three = await link.ReadAsync<PublishCopy>();

        Assert.Equal(["t/0", "t/1", "t/2"], [one.Message.Topic, two.Message.Topic, three.Message.Topic]);
        Assert.False(tickets[1].IsCompleted);
    }

    [Fact]
    public async Task A_full_window_makes_the_caller_wait()
    {
        await using var client = new RunningClient(_server.Port, Kept with { Window = 2 });
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync();
        await client.PublishAsync("t", QoS.AtLeastOnce);
        await client.PublishAsync("t", QoS.AtLeastOnce);

        var third = client.PublishAsync("t", QoS.AtLeastOnce);
        var first = await link.ReadAsync<PublishCopy>();
        Assert.False(third.IsCompleted);
        await link.WriteAsync(new AckPacket(PacketType.Puback, first.Form.PacketId));

        Assert.False((await third).IsCompleted);
    }

    [Fact]
    public async Task QoS_2_is_released_and_completed()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync();
        var ticket = await client.PublishAsync("t", QoS.ExactlyOnce);
        var id = (await link.ReadAsync<PublishCopy>()).Form.PacketId;

        await link.WriteAsync(new AckPacket(PacketType.Pubrec, id));
        Assert.Equal(new AckPacket(PacketType.Pubrel, id), await link.ReadAsync<AckPacket>());
        Assert.False(ticket.IsCompleted);
        await link.WriteAsync(new AckPacket(PacketType.Pubcomp, id));

        Assert.Equal(PublishResultKind.Acknowledged, (await ticket).Kind);
    }

    [Fact]
    public async Task A_session_that_is_present_goes_on_in_order_with_DUP_and_PUBREL_MQTT5_4_4_0_1()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        Task<PublishResult> released, repeated;
        ushort releasedId;
        using (var link = await _server.AcceptAsync())
        {
            Assert.True((await link.WelcomeAsync()).CleanStart);
            released = await client.PublishAsync("a", QoS.ExactlyOnce);
            repeated = await client.PublishAsync("b", QoS.AtLeastOnce);
            releasedId = (await link.ReadAsync<PublishCopy>()).Form.PacketId;
            await link.ReadAsync<PublishCopy>();
            await link.WriteAsync(new AckPacket(PacketType.Pubrec, releasedId));
            await link.ReadAsync<AckPacket>();
        }

        using var again = await _server.AcceptAsync();
        Assert.False((await again.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.Success, SessionPresent = true })).CleanStart);
        Assert.Equal(new AckPacket(PacketType.Pubrel, releasedId), await again.ReadAsync<AckPacket>());
        var duplicate = await again.ReadAsync<PublishCopy>();
        Assert.True(duplicate.Form.IsDuplicate);
        Assert.Equal("b", duplicate.Message.Topic);
        await again.WriteAsync(new AckPacket(PacketType.Pubcomp, releasedId), new AckPacket(PacketType.Puback, duplicate.Form.PacketId));

        Assert.Equal(PublishResultKind.Acknowledged, (await released).Kind);
        Assert.Equal(PublishResultKind.Acknowledged, (await repeated).Kind);
    }

    [Fact]
    public async Task Without_a_session_QoS_1_goes_again_as_new_and_QoS_2_that_was_sent_is_lost()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        Task<PublishResult> once, again, waiting;
        using (var link = await _server.AcceptAsync())
        {
            await link.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.Success, ReceiveMaximum = 2 });
            once = await client.PublishAsync("once", QoS.ExactlyOnce);
            again = await client.PublishAsync("again", QoS.AtLeastOnce);
            waiting = await client.PublishAsync("waiting", QoS.ExactlyOnce);
            await link.ReadAsync<PublishCopy>();
            await link.ReadAsync<PublishCopy>();
        }

        using var other = await _server.AcceptAsync();
        await other.WelcomeAsync();
        var (first, second) = (await other.ReadAsync<PublishCopy>(), await other.ReadAsync<PublishCopy>());
        Assert.Equal([("again", false), ("waiting", false)], [(first.Message.Topic, first.Form.IsDuplicate), (second.Message.Topic, second.Form.IsDuplicate)]);
        Assert.Equal(PublishResultKind.SessionLost, (await once).Kind);
        Assert.False(again.IsCompleted || waiting.IsCompleted);
    }

    [Fact]
    public async Task A_topic_travels_once_and_then_as_its_alias()
    {
        await using var client = new RunningClient(_server.Port, Kept with { TopicAliases = 1 });
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.Success, TopicAliasMaximum = 5 });
        foreach (var topic in new[] { "a", "a", "b" })
            await client.PublishAsync(topic, QoS.AtMostOnce);

        var (first, second, third) = (await link.ReadAsync<PublishCopy>(), await link.ReadAsync<PublishCopy>(), await link.ReadAsync<PublishCopy>());

        Assert.Equal(("a", 1), (first.Message.Topic, first.Form.TopicAlias));
        Assert.Equal((true, 1), (second.Form.OmitTopic, second.Form.TopicAlias));
        Assert.Equal(("b", 0), (third.Message.Topic, third.Form.TopicAlias));
    }

    [Fact]
    public async Task What_the_server_does_not_take_is_refused_here_and_the_next_one_goes()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.Success, MaximumPacketBytes = 100, MaximumQoS = QoS.AtLeastOnce, ReceiveMaximum = 1 });

        var large = await client.PublishAsync("t", QoS.AtLeastOnce, payloadBytes: 200);
        var twice = await client.PublishAsync("t", QoS.ExactlyOnce);
        var small = await client.PublishAsync("t", QoS.AtLeastOnce);

        Assert.Equal(ReasonCode.PacketTooLarge, (await large).Reason);
        Assert.Equal(ReasonCode.QoSNotSupported, (await twice).Reason);
        var publish = await link.ReadAsync<PublishCopy>();
        Assert.Empty(publish.Message.Payload.ToArray());
        Assert.False(small.IsCompleted);
    }

    [Fact]
    public async Task What_no_packet_can_carry_is_the_callers_mistake()
    {
        await using var client = new RunningClient(_server.Port, Kept);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.PublishAsync("a/+", QoS.AtMostOnce));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.PublishAsync("", QoS.AtMostOnce));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.PublishAsync("a\ud800", QoS.AtMostOnce));
    }

    [Fact]
    public async Task Tickets_of_a_closed_client_say_so()
    {
        var client = new RunningClient(_server.Port, Kept);
        var ticket = await client.PublishAsync("t", QoS.AtLeastOnce);
        await client.DisposeAsync();

        Assert.Equal(PublishResultKind.Closed, (await ticket).Kind);
        Assert.Equal(PublishResultKind.Closed, (await await client.PublishAsync("t", QoS.AtLeastOnce)).Kind);
    }
}
