using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.Mqtt.Tests.Server;

public sealed class QoS2Tests
{
    private static readonly byte[] ForAnHour = [0x11, 0, 0, 0x0E, 0x10];

    [Theory]
    [InlineData("keep/a")]
    [InlineData("t/1")]
    public async Task The_exchange_ends_with_PUBCOMP_and_frees_the_packet_id_MQTT5_4_3_3(string topic)
    {
        await using var host = await MqttHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.AskAsync(RawPackets.Subscribe("t/#", QoS.AtMostOnce));
        using var client = await host.ConnectAsync("c");

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("500009", (await client.AskAsync(RawPackets.Publish(topic, $"{round}", QoS.ExactlyOnce, 9))).Hex);
            Assert.Equal("700009", (await client.AskAsync(RawPackets.Pubrel(9))).Hex);
        }

        if (topic == "keep/a")
            Assert.Equal(["0", "1"], host.Intake.Taken);
        for (var round = 0; round < 2 && topic == "t/1"; round++)
            Assert.Equal((byte)('0' + round), (await watcher.ReadAsync()).Body[^1]);
    }

    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task A_repetition_is_answered_and_not_taken_again(MqttVersion version)
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c", version);

        await client.AskAsync(RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9, version));
        var again = await client.AskAsync(RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9, version, dup: true));

        Assert.Equal("500009", again.Hex);
        Assert.Equal(["1"], host.Intake.Taken);
    }

    [Fact]
    public async Task A_repetition_in_the_same_breath_waits_for_the_first()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        host.Intake.IsHolding = true;

        await client.SendAsync(
            RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9), RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9, dup: true), RawPackets.Pingreq);

        Assert.Equal(13, (await client.ReadAsync()).Type);
        host.Intake.ReleaseAll();
        for (var i = 0; i < 2; i++)
            Assert.Equal("500009", (await client.ReadAsync()).Hex);
        Assert.Equal(["1"], host.Intake.Taken);
    }

    [Theory]
    [InlineData(QoS.AtLeastOnce)]
    [InlineData(QoS.ExactlyOnce)]
    public async Task A_storm_of_repetitions_is_answered_each_and_at_QoS_2_taken_once(QoS qos)
    {
        const int Count = 20_000;
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        using var other = await host.ConnectAsync("o");

        var repetition = RawPackets.Publish("keep/a", "1", qos, 9, dup: true);
        var sending = client.SendAsync([RawPackets.Publish("keep/a", "1", qos, 9), .. Enumerable.Repeat(repetition, Count - 1)]);
        for (var i = 0; i < Count; i++)
            Assert.Equal(qos == QoS.ExactlyOnce ? "500009" : "400009", (await client.ReadAsync()).Hex);
        await sending;

        Assert.Equal(qos == QoS.ExactlyOnce ? 1 : Count, host.Intake.Taken.Count);
        Assert.Equal(13, (await other.AskAsync(RawPackets.Pingreq)).Type);
    }

    [Fact]
    public async Task A_repetition_behind_a_refused_first_is_refused_too()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        host.Intake.IsHolding = true;
        host.Intake.Answer = _ => new IntakeAnswer(ReasonCode.QuotaExceeded, IsKept: false);
        await client.SendAsync(RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9), RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9, dup: true), RawPackets.Pingreq);
        Assert.Equal(13, (await client.ReadAsync()).Type);

        host.Intake.ReleaseAll();

        for (var i = 0; i < 2; i++)
            Assert.Equal("50000997", (await client.ReadAsync()).Hex);
        host.Intake.Answer = _ => null;
        Assert.Equal("500009", (await client.AskAsync(RawPackets.Publish("keep/a", "2", QoS.ExactlyOnce, 9))).Hex);
    }

    [Theory]
    [InlineData("keep/a")]
    [InlineData("t/1")]
    public async Task A_repetition_over_the_next_connection_is_known(string topic)
    {
        await using var host = await MqttHost.StartAsync();
        using (var client = await host.ConnectAsync("c", clean: false, properties: ForAnHour))
            await client.AskAsync(RawPackets.Publish(topic, "1", QoS.ExactlyOnce, 9));

        using var next = await host.OpenAsync();
        Assert.Equal(1, (await next.ConnectAsync("c", clean: false, properties: ForAnHour)).Body[0]);
        Assert.Equal((byte)0, (await next.AskAsync(RawPackets.Publish(topic, "1", QoS.ExactlyOnce, 9, dup: true))).Reason);
        Assert.Equal("700009", (await next.AskAsync(RawPackets.Pubrel(9))).Hex);

        Assert.Equal(topic == "t/1" ? [] : ["1"], host.Intake.Taken);
    }

    [Fact]
    public async Task What_was_taken_from_a_connection_that_broke_is_known_to_the_next()
    {
        await using var host = await MqttHost.StartAsync();
        host.Intake.IsHolding = true;
        using (var client = await host.ConnectAsync("c", clean: false, properties: ForAnHour))
        {
            await client.SendAsync(RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9));
            await MqttHost.WaitAsync(() => host.Intake.Taken.Count == 1);
        }

        using var next = await host.OpenAsync();
        await next.SendAsync(RawPackets.Connect("c", clean: false, properties: ForAnHour));
        host.Intake.ReleaseAll();
        Assert.Equal(2, (await next.ReadAsync()).Type);
        Assert.Equal("500009", (await next.AskAsync(RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9, dup: true))).Hex);

        Assert.Equal(["1"], host.Intake.Taken);
    }

    [Fact]
    public async Task A_release_of_nothing_is_completed_and_said_to_be_unknown()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");

        Assert.Equal("70000992", (await client.AskAsync(RawPackets.Pubrel(9))).Hex);
    }

    [Fact]
    public async Task A_release_before_PUBREC_is_a_protocol_error()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        host.Intake.IsHolding = true;

        await client.SendAsync(RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9), RawPackets.Pubrel(9), RawPackets.Pingreq);
        await MqttHost.WaitAsync(() => host.Intake.Taken.Count == 1);
        host.Intake.ReleaseAll();

        Assert.Equal("500009", (await client.ReadAsync()).Hex);
        await client.ExpectDisconnectAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    public async Task More_without_release_than_Receive_Maximum_end_a_5_0_connection_MQTT5_3_3_4_9()
    {
        await using var host = await MqttHost.StartAsync(options => options.WindowCount = 4);
        using var client = await host.ConnectAsync("c");
        for (ushort id = 1; id <= 4; id++)
            Assert.Equal(0, (await client.AskAsync(RawPackets.Publish("keep/a", "x", QoS.ExactlyOnce, id))).Reason);

        await client.SendAsync(RawPackets.Publish("keep/a", "x", QoS.ExactlyOnce, 5));

        await client.ExpectDisconnectAsync(ReasonCode.ReceiveMaximumExceeded);
    }

    [Fact]
    public async Task On_3_1_1_every_packet_id_may_be_without_release_at_once()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c", MqttVersion.V311);
        var reading = Task.Run(async () =>
        {
            for (var id = 1; id <= ushort.MaxValue; id++)
                Assert.Equal(id, (await client.ReadAsync()).Id);
        });

        for (var id = 1; id <= ushort.MaxValue; id += 255)
            await client.SendAsync([.. Enumerable.Range(id, 255).Select(i => RawPackets.Publish("keep/a", "x", QoS.ExactlyOnce, (ushort)i, MqttVersion.V311))]);
        await reading;
        Assert.Equal("50FFFF", (await client.AskAsync(RawPackets.Publish("keep/a", "x", QoS.ExactlyOnce, 65_535, MqttVersion.V311, dup: true))).Hex);

        Assert.Equal(65_535, host.Intake.Taken.Count);
    }
}
