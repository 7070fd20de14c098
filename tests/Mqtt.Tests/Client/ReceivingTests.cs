using EdgeEnforcement.Mqtt.Client;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Client;

public sealed class ReceivingTests : IDisposable
{
    private static readonly MqttClientOptions Kept = new()
    {
        ClientId = "c", SessionExpirySeconds = 3600, Subscriptions = [new MqttSubscription("down/#", new SubscriptionOptions(QoS.ExactlyOnce))],
    };

    private readonly ScriptedServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_acknowledgement_leaves_only_after_the_listener_has_taken_the_message()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        client.Ear.OnTake = _ => { begun.TrySetResult(); return gate.Task; };
        using var link = await SubscribedAsync(ReasonCode.GrantedQoS2);
        await link.WriteAsync(ServerLink.Publish("down/1", QoS.AtLeastOnce, 7), ServerLink.Publish("down/2", QoS.AtLeastOnce, 9));
        await begun.Task;

        // The client still answers and publishes meanwhile; what comes first is not the PUBACK.
        await client.PublishAsync("up", QoS.AtMostOnce);
        Assert.IsNotType<AckPacket>(await link.ReadAsync());
        gate.SetResult();

        Assert.Equal(new AckPacket(PacketType.Puback, 7), await link.ReadAsync<AckPacket>());
        Assert.Equal(new AckPacket(PacketType.Puback, 9), await link.ReadAsync<AckPacket>());
        Assert.Equal(["down/1", "down/2"], client.Ear.Messages.Select(m => m.Topic));
    }

    [Fact]
    public async Task QoS_2_is_taken_once_also_over_a_reconnect_MQTT5_4_3_3_10()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        using (var link = await SubscribedAsync(ReasonCode.GrantedQoS2))
        {
            await link.WriteAsync(ServerLink.Publish("down/1", QoS.ExactlyOnce, 3));
            Assert.Equal(new AckPacket(PacketType.Pubrec, 3), await link.ReadAsync<AckPacket>());
        }

        using var again = await _server.AcceptAsync();
        await again.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.Success, SessionPresent = true });
        await again.WriteAsync(ServerLink.Publish("down/1", QoS.ExactlyOnce, 3, isDuplicate: true));
        Assert.Equal(new AckPacket(PacketType.Pubrec, 3), await again.ReadAsync<AckPacket>());
        await again.WriteAsync(new AckPacket(PacketType.Pubrel, 3));
        Assert.Equal(new AckPacket(PacketType.Pubcomp, 3), await again.ReadAsync<AckPacket>());
        Assert.Single(client.Ear.Messages);

        // Released: the same number is a new message now.
        await again.WriteAsync(ServerLink.Publish("down/2", QoS.ExactlyOnce, 3));
        Assert.Equal(new AckPacket(PacketType.Pubrec, 3), await again.ReadAsync<AckPacket>());
        Assert.Equal(["down/1", "down/2"], client.Ear.Messages.Select(m => m.Topic));
    }

    [Fact]
    public async Task A_release_of_something_unknown_is_completed_as_such()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        using var link = await SubscribedAsync(ReasonCode.GrantedQoS2);

        await link.WriteAsync(new AckPacket(PacketType.Pubrel, 12), new AckPacket(PacketType.Pubrec, 13));

        Assert.Equal(new AckPacket(PacketType.Pubcomp, 12, ReasonCode.PacketIdentifierNotFound), Bare(await link.ReadAsync<AckPacket>()));
        Assert.Equal(new AckPacket(PacketType.Pubrel, 13, ReasonCode.PacketIdentifierNotFound), Bare(await link.ReadAsync<AckPacket>()));
    }

    [Fact]
    public async Task More_than_the_receive_maximum_ends_the_connection_MQTT5_3_3_4_9()
    {
        await using var client = new RunningClient(_server.Port, Kept with { ReceiveMaximum = 2 });
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        client.Ear.OnTake = _ => { begun.TrySetResult(); return gate.Task; };
        using var link = await SubscribedAsync(ReasonCode.GrantedQoS2);
        await link.WriteAsync(ServerLink.Publish("down/1", QoS.AtLeastOnce, 1));
        await begun.Task;
        await link.WriteAsync(ServerLink.Publish("down/2", QoS.AtLeastOnce, 2), ServerLink.Publish("down/3", QoS.AtLeastOnce, 3));

        Assert.Equal(ReasonCode.ReceiveMaximumExceeded, (await link.ReadAsync<DisconnectPacket>()).Reason);
        gate.SetResult();
        await Ear.UntilAsync(() => client.Ear.Causes.Count > 0, "the cause");
        Assert.Equal(DisconnectKind.ProtocolViolation, client.Ear.Causes[0].Kind);
    }

    [Fact]
    public async Task What_the_listener_does_not_take_is_not_acknowledged()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        client.Ear.OnTake = _ => throw new InvalidOperationException("the disk is full");
        using var link = await SubscribedAsync(ReasonCode.GrantedQoS2);
        await link.WriteAsync(ServerLink.Publish("down/1", QoS.AtLeastOnce, 1));

        Assert.Equal(ReasonCode.ImplementationSpecificError, (await link.ReadAsync<DisconnectPacket>()).Reason);
        await Ear.UntilAsync(() => client.Ear.Causes.Count > 0, "the cause");
        Assert.Equal((DisconnectKind.ListenerFailed, "the disk is full"), (client.Ear.Causes[0].Kind, client.Ear.Causes[0].Detail));
    }

    [Fact]
    public async Task A_subscription_below_what_was_asked_is_no_connection()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        using var link = await SubscribedAsync(ReasonCode.GrantedQoS1);

        await link.ReadAsync<DisconnectPacket>();
        await Ear.UntilAsync(() => client.Ear.Causes.Count > 0, "the cause");
        Assert.Equal((DisconnectKind.SubscriptionRefused, ReasonCode.GrantedQoS1), (client.Ear.Causes[0].Kind, client.Ear.Causes[0].Reason));
        Assert.Empty(client.Ear.Connections);
    }

    [Fact]
    public async Task A_session_that_is_present_is_not_subscribed_again_and_one_that_is_not_is()
    {
        await using var client = new RunningClient(_server.Port, Kept);
        (await SubscribedAsync(ReasonCode.GrantedQoS2)).Dispose();

        using (var present = await _server.AcceptAsync())
        {
            await present.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.Success, SessionPresent = true });
            await Ear.UntilAsync(() => client.Ear.Connections.Count == 2, "the second connection");
        }
        using var absent = await SubscribedAsync(ReasonCode.GrantedQoS2);
        await Ear.UntilAsync(() => client.Ear.Connections.Count == 3, "the third connection");

        Assert.Equal([false, true, false], client.Ear.Connections);
    }

    private async Task<ServerLink> SubscribedAsync(ReasonCode granted)
    {
        var link = await _server.AcceptAsync();
        await link.WelcomeAsync();
        var subscribe = await link.ReadAsync<SubscribePacket>();
        await link.WriteAsync(new SubackPacket(subscribe.PacketId, [granted]));
        return link;
    }

    private static AckPacket Bare(AckPacket ack) => ack with { UserProperties = null };
}
