using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.Mqtt.Tests.Server;

public sealed class ConnectTests
{
    [Fact]
    public async Task A_first_packet_that_is_not_CONNECT_ends_the_connection_without_a_word_MQTT5_3_1_0_1()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();

        await client.SendAsync(RawPackets.Pingreq);
        client.EndSending();

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_second_CONNECT_is_a_protocol_error_MQTT5_3_1_0_2()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");

        await client.SendAsync(RawPackets.Connect("c"));

        await client.ExpectDisconnectAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    public async Task Who_dawdles_over_his_CONNECT_is_cut_off_at_the_deadline()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();
        await client.SendAsync(RawPackets.Connect("c")[..7]);
        await MqttHost.WaitAsync(() => host.Server.ConnectionCount == 1);

        await host.BeatAsync(TimeSpan.FromSeconds(9));
        await client.SendAsync(RawPackets.Connect("c")[7..8]);
        await host.BeatUntilAsync(() => host.Server.ConnectionCount == 0, TimeSpan.FromSeconds(2));

        await client.ExpectClosedAsync();
        Assert.Equal(1, host.Meters["mqtt.connections.closed no_connect"]);
    }

    [Fact]
    public async Task CONNACK_of_5_0_says_what_the_server_takes()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();

        var connack = await client.ConnectAsync("c", properties: [0x19, 1]);

        Assert.Equal([0, 0], connack.Body[..2]);
        Assert.True(connack.Contains([0x21, 1, 0]), "Receive Maximum 256");
        Assert.True(connack.Contains([0x27, .. RawPackets.Long((1 << 20) + (64 << 10))]), "Maximum Packet Size");
        Assert.True(connack.Contains([0x22, 0, 32]), "Topic Alias Maximum");
        Assert.True(connack.Contains([0x13, 0xFF, 0xFF]), "Server Keep Alive, for the client asked for none");
        Assert.True(connack.Contains([0x1A, .. RawPackets.Text("response/c")]), "Response Information, for the client asked for it");
    }

    [Fact]
    public async Task CONNACK_of_3_1_1_is_two_bytes()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();

        var connack = await client.ConnectAsync("c", MqttVersion.V311);

        Assert.Equal("200000", connack.Hex);
    }

    [Fact]
    public async Task A_client_without_an_id_gets_one_MQTT5_3_1_3_6()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();
        using var older = await host.OpenAsync();

        var connack = await client.ConnectAsync("");
        var connackOfOlder = await older.ConnectAsync("", MqttVersion.V311);

        Assert.True(connack.Contains([0x12, 0, 33, .. "assigned-"u8]), connack.Hex);
        Assert.Equal(0, connackOfOlder.Body[1]);
    }

    [Fact]
    public async Task On_3_1_1_only_a_clean_session_may_be_without_an_id_MQTT3_3_1_3_8()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();

        var connack = await client.ConnectAsync("", MqttVersion.V311, clean: false);

        Assert.Equal([0, 2], connack.Body);
        client.EndSending();
        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(MqttVersion.V5, 0x87)]
    [InlineData(MqttVersion.V311, 5)]
    public async Task Who_may_not_connect_is_told_and_closed(MqttVersion version, byte code)
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();

        var connack = await client.ConnectAsync("stranger", version);

        Assert.Equal(code, connack.Body[1]);
        client.EndSending();
        await client.ExpectClosedAsync();
        Assert.Equal(1, host.Meters["mqtt.connects.refused NotAuthorized"]);
    }

    [Fact]
    public async Task An_authentication_method_is_not_known_here()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();

        var connack = await client.ConnectAsync("c", properties: [0x15, .. RawPackets.Text("SCRAM")]);

        Assert.Equal(0x8C, connack.Body[1]);
    }

    [Fact]
    public async Task A_protocol_of_the_future_is_refused_in_words_it_can_read_MQTT5_3_1_2_2()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();

        var connack = await client.ConnectAsync("c", (MqttVersion)6);

        Assert.Equal(0x84, connack.Body[1]);
    }

    [Fact]
    public async Task Packets_sent_before_CONNACK_are_taken()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();

        await client.SendAsync(RawPackets.Connect("c"), RawPackets.Publish("keep/a", "1"), RawPackets.Pingreq);

        Assert.Equal(2, (await client.ReadAsync()).Type);
        int[] rest = [(await client.ReadAsync()).Type, (await client.ReadAsync()).Type];
        Assert.Equal([4, 13], rest.Order());
        Assert.Equal(["1"], host.Intake.Taken);
    }

    [Fact]
    public async Task A_conversation_in_single_bytes_is_the_same_conversation()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.OpenAsync();
        byte[][] said = [RawPackets.Connect("c"), RawPackets.Subscribe("t/#", id: 7), RawPackets.Publish("keep/a", "x", id: 8), RawPackets.Publish("t/1", "y", QoS.AtMostOnce, 0)];

        foreach (var one in said.SelectMany(packet => packet))
            await client.SendAsync([one]);

        Assert.Equal(2, (await client.ReadAsync()).Type);
        Assert.Equal((9, 7), ((await client.ReadAsync()) is var suback ? suback.Type : 0, suback.Id));
        Assert.Equal((4, 8), ((await client.ReadAsync()) is var puback ? puback.Type : 0, puback.Id));
        Assert.Equal("t/1", (await client.ReadAsync()).Topic);
    }

    [Theory]
    [InlineData(MqttVersion.V5, 0x97)]
    [InlineData(MqttVersion.V311, 3)]
    public async Task Above_the_most_connections_nobody_is_let_in_and_each_is_told_MQTT5_3_2_2_2(MqttVersion version, byte code)
    {
        await using var host = await MqttHost.StartAsync(options => options.MaximumConnections = 1);
        using var first = await host.ConnectAsync("a");
        using var second = await host.OpenAsync();

        var connack = await second.ConnectAsync("b", version);
        second.EndSending();

        Assert.Equal((0, code), (connack.Body[0], connack.Body[1]));
        await second.ExpectClosedAsync();
        Assert.Equal(13, (await first.AskAsync(RawPackets.Pingreq)).Type);
        await MqttHost.WaitAsync(() => host.Server.ConnectionCount == 1);
        Assert.Equal(1, host.Meters["mqtt.connections.closed too_many"]);
        first.Dispose();
        await MqttHost.WaitAsync(() => host.Server.ConnectionCount == 0);
        using var third = await host.ConnectAsync("c");
    }

    [Fact]
    public async Task Only_so_many_are_told_and_none_of_them_holds_his_place_for_long()
    {
        await using var host = await MqttHost.StartAsync(options => options.MaximumConnections = 1);
        using var first = await host.ConnectAsync("a");
        var silent = new List<RawClient>();
        for (var i = 0; i < 64; i++)
            silent.Add(await host.OpenAsync());
        await MqttHost.WaitAsync(() => host.Server.ConnectionCount == 65);

        using var beyond = await host.OpenAsync();
        await beyond.SendAsync(RawPackets.Connect("b"));
        beyond.EndSending();

        await beyond.ExpectClosedAsync();
        await host.BeatUntilAsync(() => host.Server.ConnectionCount == 1, TimeSpan.FromSeconds(2));
        Assert.Equal(64, host.Meters["mqtt.connections.closed no_connect"]);
        silent.ForEach(client => client.Dispose());
    }
}
