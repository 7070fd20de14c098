using EdgeEnforcement.Mqtt.Client;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Tests.Codec;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Client;

public sealed class ConnectingTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ScriptedServer _old = new(MqttVersion.V311);
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch);

    public void Dispose()
    {
        _server.Dispose();
        _old.Dispose();
    }

    [Fact]
    public async Task A_refusal_is_told_and_tried_again()
    {
        await using var client = new RunningClient(_server.Port, new MqttClientOptions { ClientId = "c" });
        using (var link = await _server.AcceptAsync())
            await link.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.NotAuthorized, ReasonString = "who are you" });
        using (var link = await _server.AcceptAsync())
            await link.WelcomeAsync();

        await Ear.UntilAsync(() => client.Ear.Connections.Count == 1, "the second try");
        Assert.Equal(new DisconnectCause(DisconnectKind.Refused, ReasonCode.NotAuthorized, "who are you"), client.Ear.Causes[0]);
    }

    [Fact]
    public async Task A_refusal_of_3_1_1_is_told_in_the_words_of_5_0()
    {
        await using var client = new RunningClient(_old.Port, new MqttClientOptions { ClientId = "c", Version = MqttVersion.V311 });
        using (var link = await _old.AcceptAsync())
            await link.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.BadUserNameOrPassword });

        await Ear.UntilAsync(() => client.Ear.Causes.Count > 0, "the refusal");
        Assert.Equal((DisconnectKind.Refused, ReasonCode.BadUserNameOrPassword), (client.Ear.Causes[0].Kind, client.Ear.Causes[0].Reason));
    }

    [Fact]
    public async Task The_servers_reason_for_leaving_is_told()
    {
        await using var client = new RunningClient(_server.Port, new MqttClientOptions { ClientId = "c" });
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync();
        await link.WriteAsync(new DisconnectPacket(ReasonCode.SessionTakenOver));

        await Ear.UntilAsync(() => client.Ear.Causes.Count > 0, "the cause");
        Assert.Equal((DisconnectKind.ServerDisconnected, ReasonCode.SessionTakenOver), (client.Ear.Causes[0].Kind, client.Ear.Causes[0].Reason));
        Assert.Null(await link.ReadAsync());
    }

    [Fact]
    public async Task A_stopped_client_says_goodbye_after_what_it_had_written()
    {
        await using var client = new RunningClient(_server.Port, new MqttClientOptions { ClientId = "c" });
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync();
        await Ear.UntilAsync(() => client.Ear.Connections.Count == 1, "the connection");
        await client.PublishAsync("last words", QoS.AtMostOnce);
        await client.StopAsync();

        Assert.Equal("last words", (await link.ReadAsync<PublishCopy>()).Message.Topic);
        Assert.Equal(ReasonCode.Success, (await link.ReadAsync<DisconnectPacket>()).Reason);
        Assert.Null(await link.ReadAsync());
    }

    [Fact]
    public async Task A_violation_is_answered_with_its_reason()
    {
        await using var client = new RunningClient(_server.Port, new MqttClientOptions { ClientId = "c" });
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync();
        await link.WriteAsync(Wire.Bytes("36 05 0001 't' 0001")); // QoS 3

        Assert.Equal(ReasonCode.MalformedPacket, (await link.ReadAsync<DisconnectPacket>()).Reason);
    }

    [Fact]
    public async Task A_packet_above_our_limit_ends_the_connection_before_it_has_come()
    {
        await using var client = new RunningClient(_server.Port, new MqttClientOptions { ClientId = "c", MaximumPacketBytes = 1024 });
        using var link = await _server.AcceptAsync();
        Assert.Equal(1024u, (await link.WelcomeAsync()).MaximumPacketBytes);
        await link.WriteAsync(Wire.Bytes("30 FF FF FF 7F"));

        Assert.Equal(ReasonCode.PacketTooLarge, (await link.ReadAsync<DisconnectPacket>()).Reason);
    }

    [Fact]
    public async Task A_silent_server_is_pinged_and_then_given_up()
    {
        await using var client = new RunningClient(_server.Port, new MqttClientOptions { ClientId = "c", KeepAlive = TimeSpan.FromSeconds(8) }, _clock);
        using var link = await _server.AcceptAsync();
        Assert.Equal(8, (await link.WelcomeAsync()).KeepAliveSeconds);
        await Ear.UntilAsync(() => client.Ear.Connections.Count == 1, "the connection");

        await Ear.UntilAsync(() => client.Ear.Causes.Count > 0, "the cause", () => _clock.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal(DisconnectKind.KeepAliveTimeout, client.Ear.Causes[0].Kind);
        Assert.Equal(PacketType.Pingreq, await link.ReadAsync<PacketType>());
        Assert.Null(await link.ReadAsync());
    }

    [Fact]
    public async Task The_servers_keep_alive_counts_MQTT5_3_2_2_21()
    {
        await using var client = new RunningClient(_server.Port, new MqttClientOptions { ClientId = "c", KeepAlive = TimeSpan.FromSeconds(8) }, _clock);
        using var link = await _server.AcceptAsync();
        await link.WelcomeAsync(new ConnackPacket { Reason = ReasonCode.Success, ServerKeepAliveSeconds = 2 });
        await Ear.UntilAsync(() => client.Ear.Connections.Count == 1, "the connection");

        var ping = link.ReadAsync<PacketType>();
        await Ear.UntilAsync(() => ping.IsCompleted || client.Ear.Causes.Count > 0, "the ping", () => _clock.Advance(TimeSpan.FromMilliseconds(250)));
        Assert.Equal(PacketType.Pingreq, await ping);
        Assert.True(_clock.GetUtcNow() - DateTimeOffset.UnixEpoch < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task No_answer_to_CONNECT_is_a_cause_too()
    {
        await using var client = new RunningClient(_server.Port, new MqttClientOptions { ClientId = "c" }, _clock);
        using var link = await _server.AcceptAsync();
        await link.ReadAsync<ConnectPacket>();

        await Ear.UntilAsync(() => client.Ear.Causes.Count > 0, "the cause", () => _clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal(DisconnectKind.Unreachable, client.Ear.Causes[0].Kind);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        var port = _server.Port;
        _server.Dispose();
        await using var client = new RunningClient(port, new MqttClientOptions { ClientId = "c" });

        await Ear.UntilAsync(() => client.Ear.Causes.Count > 1, "two tries");
        Assert.Equal(DisconnectKind.Unreachable, client.Ear.Causes[0].Kind);
    }

    [Fact]
    public void Options_that_cannot_work_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RunningClient(1, new MqttClientOptions { ClientId = "c", Window = 0 }));
        Assert.Throws<ArgumentException>(() => new RunningClient(1, new MqttClientOptions { ClientId = "", SessionExpirySeconds = 1 }));
        Assert.Throws<ArgumentException>(() => new RunningClient(1, new MqttClientOptions
        {
            ClientId = "c", Subscriptions = [new MqttSubscription("a/#/b", default)],
        }));
    }
}
