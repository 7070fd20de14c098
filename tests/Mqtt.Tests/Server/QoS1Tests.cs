using System.Text;
using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.Mqtt.Tests.Server;

public sealed class QoS1Tests
{
    [Fact]
    public async Task PUBACK_come_in_the_order_of_PUBLISH_whatever_is_decided_first_MQTT5_4_6_0_2()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        host.Intake.IsHolding = true;
        await client.SendAsync([.. Enumerable.Range(1, 5).Select(i => RawPackets.Publish("keep/a", $"{i}", id: (ushort)(100 - i)))]);
        await MqttHost.WaitAsync(() => host.Intake.Taken.Count == 5);

        foreach (var payload in new[] { "5", "3", "4", "2", "1" })
            host.Intake.Release(payload);

        for (var i = 1; i <= 5; i++)
            Assert.Equal(100 - i, (await client.ReadAsync()).Id);
        Assert.Equal(["1", "2", "3", "4", "5"], host.Intake.Taken);
    }

    [Fact]
    public async Task No_PUBACK_leaves_before_the_intake_has_kept_the_message()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        host.Intake.IsHolding = true;

        await client.SendAsync(RawPackets.Publish("keep/a", "1"), RawPackets.Pingreq);

        // PINGRESP was asked for after it and overtakes it: PUBACK was not sent.
        Assert.Equal(13, (await client.ReadAsync()).Type);
        host.Intake.Release("1");
        Assert.Equal("400001", (await client.ReadAsync()).Hex);
    }

    [Fact]
    public async Task A_full_window_stops_reading_and_goes_on_when_there_is_room()
    {
        await using var host = await MqttHost.StartAsync(options => options.WindowCount = 4);
        using var client = await host.ConnectAsync("c");
        host.Intake.IsHolding = true;
        await client.SendAsync([.. Enumerable.Range(1, 10).Select(i => RawPackets.Publish("keep/a", $"{i}", id: (ushort)i))]);
        await MqttHost.WaitAsync(() => host.Server.PausedCount == 1);
        Assert.Equal(["1", "2", "3", "4"], host.Intake.Taken);

        host.Intake.ReleaseAll();

        for (var i = 1; i <= 10; i++)
            Assert.Equal(i, (await client.ReadAsync()).Id);
    }

    [Fact]
    public async Task What_may_or_may_not_be_kept_is_not_acknowledged_nor_anything_behind_it()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        host.Intake.IsHolding = true;
        await client.SendAsync([.. Enumerable.Range(1, 3).Select(i => RawPackets.Publish("keep/a", $"{i}", id: (ushort)i))]);
        await MqttHost.WaitAsync(() => host.Intake.Taken.Count == 3);

        host.Intake.Release("3");
        host.Intake.Fail("2");
        host.Intake.Release("1");

        Assert.Equal((4, 1), ((await client.ReadAsync()) is var puback ? puback.Type : 0, puback.Id));
        await client.ExpectDisconnectAsync(ReasonCode.UnspecifiedError);
    }

    [Fact]
    public async Task A_refusal_is_said_on_5_0_and_ends_the_connection_on_3_1_1()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        using var older = await host.ConnectAsync("d", MqttVersion.V311);
        host.Intake.Answer = payload => payload == "full" ? new IntakeAnswer(ReasonCode.QuotaExceeded, IsKept: false, ReasonString: "no room") : null;

        var puback = await client.AskAsync(RawPackets.Publish("keep/a", "full"));
        var next = await client.AskAsync(RawPackets.Publish("keep/a", "small", id: 2));
        await older.SendAsync(RawPackets.Publish("keep/a", "full", version: MqttVersion.V311), RawPackets.Publish("keep/a", "small", id: 2, version: MqttVersion.V311));
        older.EndSending();

        Assert.Equal((4, (byte)ReasonCode.QuotaExceeded), (puback.Type, puback.Reason));
        Assert.True(puback.Contains(Encoding.UTF8.GetBytes("no room")));
        Assert.Equal((2, (byte)0), (next.Id, next.Reason));
        await older.ExpectClosedAsync();
    }

    [Fact]
    public async Task What_is_kept_though_it_is_wrong_is_acknowledged()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        using var older = await host.ConnectAsync("d", MqttVersion.V311);
        host.Intake.Answer = _ => new IntakeAnswer(ReasonCode.PayloadFormatInvalid, IsKept: true, KeptAt: 7, UserProperties: [new UserProperty("entry", "6")]);

        var puback = await client.AskAsync(RawPackets.Publish("keep/a", "?"));
        var pubackOfOlder = await older.AskAsync(RawPackets.Publish("keep/a", "?", version: MqttVersion.V311));

        Assert.Equal((byte)ReasonCode.PayloadFormatInvalid, puback.Reason);
        Assert.True(puback.Contains([0x26, .. RawPackets.Text("entry"), .. RawPackets.Text("6")]));
        Assert.Equal("400001", pubackOfOlder.Hex);
    }

    [Fact]
    public async Task Who_asked_for_no_problem_information_gets_the_reason_only_MQTT5_3_1_2_29()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c", properties: [0x17, 0]);
        host.Intake.Answer = _ => new IntakeAnswer(ReasonCode.QuotaExceeded, IsKept: false, ReasonString: "no room", UserProperties: [new UserProperty("a", "b")]);

        var puback = await client.AskAsync(RawPackets.Publish("keep/a", "1"));

        Assert.Equal("40000197", puback.Hex[..8]);
        Assert.DoesNotContain(Convert.ToHexString("no room"u8), puback.Hex);
    }

    [Fact]
    public async Task With_nobody_to_send_to_the_publisher_is_told_so()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        using var older = await host.ConnectAsync("d", MqttVersion.V311);

        var puback = await client.AskAsync(RawPackets.Publish("t/1", "1"));
        var pubackOfOlder = await older.AskAsync(RawPackets.Publish("t/1", "1", version: MqttVersion.V311));

        Assert.Equal((byte)ReasonCode.NoMatchingSubscribers, puback.Reason);
        Assert.Equal("400001", pubackOfOlder.Hex);
    }

    [Fact]
    public async Task A_topic_that_is_not_the_clients_is_refused()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        using var older = await host.ConnectAsync("d", MqttVersion.V311);

        var puback = await client.AskAsync(RawPackets.Publish("secret/1", "1"));
        await older.SendAsync(RawPackets.Publish("secret/1", "1", version: MqttVersion.V311));
        older.EndSending();

        Assert.Equal((byte)ReasonCode.NotAuthorized, puback.Reason);
        await older.ExpectClosedAsync();
    }

    [Fact]
    public async Task One_topic_after_another_is_looked_up_anew()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");

        string[] topics = ["keep/a", "t/1", "keep/b", "secret/1", "keep/a"];
        byte[] reasons = new byte[topics.Length];
        for (var i = 0; i < topics.Length; i++)
            reasons[i] = (await client.AskAsync(RawPackets.Publish(topics[i], topics[i], id: (ushort)(i + 1)))).Reason;

        Assert.Equal([0, 0x10, 0, 0x87, 0], reasons);
        Assert.Equal(["keep/a", "keep/b", "keep/a"], host.Intake.Taken);
    }
}
