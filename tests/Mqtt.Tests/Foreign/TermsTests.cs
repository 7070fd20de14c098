namespace EdgeEnforcement.Mqtt.Tests.Foreign;

/// What client and server tell each other about limits, names and refusals, as paho-mqtt and MQTT.js understand it.
public sealed class TermsTests
{
    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task CONNACK_says_what_the_server_takes(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);

        var (_, connack) = await bench.ConnectAsync("c", keepAlive: 0, with: new { wantsResponseInformation = 1 });

        Assert.Equal(256, (int?)connack["receiveMaximum"]);
        Assert.Equal((1 << 20) + (64 << 10), (int?)connack["packetLimit"]);
        Assert.Equal(32, (int?)connack["aliasMaximum"]);
        Assert.Equal(65_535, (int?)connack["keepAlive"]);
        Assert.Equal("response/c", (string?)connack["responseInformation"]);
        Assert.Null(connack["assignedId"]);
    }

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task Who_has_no_name_is_given_one(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);

        var (first, connack) = await bench.ConnectAsync("");
        var (_, another) = await bench.ConnectAsync("");

        Assert.Equal(0, (int)connack["code"]!);
        if (bench.IsV5)
            Assert.NotEqual((string)connack["assignedId"]!, (string)another["assignedId"]!);
        await first.SubscribeAsync("t");
        await first.PublishAsync("t", "x");
        await first.ExpectAsync("x");
    }

    [Theory]
    [InlineData(PeerKind.Paho311, 5)]
    [InlineData(PeerKind.Paho5, 0x87)]
    [InlineData(PeerKind.MqttJs311, 5)]
    [InlineData(PeerKind.MqttJs5, 0x87)]
    public async Task Who_may_not_connect_is_told(PeerKind kind, int code)
    {
        await using var bench = await ForeignBench.StartAsync(kind);

        var (client, connack) = await bench.ConnectAsync("stranger");

        Assert.Equal(code, (int)connack["code"]!);
        await bench.Host.BeatUntilAsync(() => client.Count("closed") > 0, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(PeerKind.Paho311, 0x80)]
    [InlineData(PeerKind.Paho5, 0x87)]
    [InlineData(PeerKind.MqttJs311, 0x80)]
    [InlineData(PeerKind.MqttJs5, 0x87)]
    public async Task A_filter_that_is_refused_does_not_end_the_connection(PeerKind kind, int code)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");

        Assert.Equal(code, await client.SubscribeAsync("secret/#"));

        await client.SubscribeAsync("t");
        await client.PublishAsync("t", "x");
        await client.ExpectAsync("x");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_publisher_is_told_what_became_of_its_message(int qos)
    {
        await using var bench = await ForeignBench.StartAsync(PeerKind.MqttJs5);
        var client = await bench.OpenAsync("c");

        Assert.Equal((int)ReasonCode.NotAuthorized, (int)(await client.PublishAsync("secret/1", "x", qos))["code"]!);
        await client.SubscribeAsync("t");
        Assert.Equal(0, (int)(await client.PublishAsync("t", "x", qos))["code"]!);
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task UNSUBACK_says_what_was_there(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");
        await client.SubscribeAsync("t");

        foreach (var code in new[] { ReasonCode.Success, ReasonCode.NoSubscriptionExisted })
        {
            await client.DoAsync("unsubscribe", new { filter = "t" });
            Assert.Equal((int)code, (int)(await client.WaitAsync("unsubscribed"))["codes"]![0]!);
        }
    }

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_ping_is_answered_and_silence_ends_the_connection(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var pinging = await bench.OpenAsync("pinging", keepAlive: 1);
        await pinging.WaitAsync("pong");
        await pinging.WaitAsync("pong");
        await pinging.LeaveAsync();
        await bench.LeftAsync(0);

        // Silent by the server's clock alone.
        var silent = await bench.OpenAsync("silent", keepAlive: 600);
        await bench.Host.BeatAsync(TimeSpan.FromSeconds(901));

        await silent.ExpectEndAsync(bench, ReasonCode.KeepAliveTimeout);
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_message_above_the_clients_packet_limit_does_not_come(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c", with: new { packetLimit = 200 });
        await client.SubscribeAsync("t");
        var publisher = await bench.OpenAsync("p");

        await publisher.PublishAsync("t", new string('x', 500));
        await publisher.PublishAsync("t", "small");

        await client.ExpectAsync("small");
    }

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    public async Task A_packet_above_the_servers_limit_ends_the_connection(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");

        await client.DoAsync("publish", new { topic = "t", payload = new string('x', 1_200_000), qos = 1, retain = false });

        await bench.Host.BeatUntilAsync(() => client.Count("closed") > 0, TimeSpan.FromSeconds(1));
        Assert.Equal(0, client.Count("published"));
        await bench.OpenAsync("another");
    }

    [Fact]
    public async Task Topic_aliases_stand_for_topics_both_ways()
    {
        await using var bench = await ForeignBench.StartAsync(PeerKind.MqttJs5);
        // MQTT.js gives out aliases itself, and ends a connection whose server uses one wrongly.
        var client = await bench.OpenAsync("c", with: new { aliasMaximum = 2, usesAliases = true });
        await client.SubscribeAsync("t/#");

        for (var round = 0; round < 3; round++)
            for (var n = 0; n < 4; n++)
            {
                await client.PublishAsync($"t/{n}", $"{n}");
                var message = await client.WaitAsync("message");
                Assert.Equal(($"t/{n}", $"{n}"), ((string)message["topic"]!, (string)message["payload"]!));
                // Two aliases for four topics: the others come with their names.
                Assert.True((int?)message["alias"] is null or 1 or 2);
            }
        Assert.Equal(0, client.Count("error"));
    }

    [Fact]
    public async Task A_topic_alias_of_paho_stands_for_its_topic()
    {
        await using var bench = await ForeignBench.StartAsync(PeerKind.Paho5);
        var watcher = await bench.WatchAsync("t/#");
        var client = await bench.OpenAsync("c");

        await client.PublishAsync("t/long/name", "1", with: new { alias = 9 });
        await client.PublishAsync("", "2", with: new { alias = 9 });

        foreach (var payload in new[] { "1", "2" })
        {
            var message = await watcher.WaitAsync("message");
            Assert.Equal(("t/long/name", payload), ((string)message["topic"]!, (string)message["payload"]!));
        }
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_server_that_stops_says_so(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");

        var stopping = bench.Host.Server.StopAsync();

        await client.ExpectEndAsync(bench, ReasonCode.ServerShuttingDown);
        await bench.Host.BeatUntilAsync(() => stopping.IsCompleted, TimeSpan.FromSeconds(1));
    }
}
