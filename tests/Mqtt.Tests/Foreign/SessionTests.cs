namespace EdgeEnforcement.Mqtt.Tests.Foreign;

/// Sessions that outlive a connection, wills and take-over, as paho-mqtt and MQTT.js see them. The server's clock is the test's.
public sealed class SessionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task What_was_sent_meanwhile_waits_for_a_persistent_session(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var keep = new { expiry = 3_600 };
        var publisher = await bench.OpenAsync("p");
        var (first, connack) = await bench.ConnectAsync("c", clean: false, with: keep);
        Assert.False((bool)connack["present"]!);
        await first.SubscribeAsync("t/#", 2);
        await first.LeaveAsync();
        await bench.LeftAsync(1);

        await publisher.PublishAsync("t/0", "lost", 0);
        for (var n = 0; n < 6; n++)
            await publisher.PublishAsync("t/1", $"{n}", 1 + n / 3); // a QoS 2 message is shown at its PUBREL: behind a QoS 1 message that was sent after it

        var (second, again) = await bench.ConnectAsync("c", clean: false, with: keep);
        Assert.True((bool)again["present"]!);
        for (var n = 0; n < 6; n++)
        {
            var message = await second.WaitAsync("message");
            Assert.Equal(($"{n}", 1 + n / 3), ((string)message["payload"]!, (int)message["qos"]!));
        }
        await publisher.PublishAsync("t/1", "live");
        await second.ExpectAsync("live");
    }

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_clean_start_ends_the_session_that_was(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var first = await bench.OpenAsync("c", clean: false, with: new { expiry = 3_600 });
        await first.SubscribeAsync("t");
        await first.LeaveAsync();
        var publisher = await bench.OpenAsync("p");
        await publisher.PublishAsync("t", "for the session that was");

        var (second, connack) = await bench.ConnectAsync("c");

        Assert.False((bool)connack["present"]!);
        await publisher.PublishAsync("t", "not subscribed");
        await second.SubscribeAsync("t");
        await publisher.PublishAsync("t", "subscribed");
        await second.ExpectAsync("subscribed");
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_session_ends_when_its_time_is_over(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var keep = new { expiry = 100 };
        await (await bench.OpenAsync("c", clean: false, with: keep)).DropAsync();
        await bench.LeftAsync(0);
        await bench.Host.BeatAsync(99 * Second);
        var (second, connack) = await bench.ConnectAsync("c", clean: false, with: keep);
        Assert.True((bool)connack["present"]!);

        // A DISCONNECT may change its time.
        await second.LeaveAsync(with: new { expiry = 10 });
        await bench.LeftAsync(0);
        await bench.Host.BeatAsync(11 * Second);

        Assert.False((bool)(await bench.ConnectAsync("c", clean: false, with: keep)).Connack["present"]!);
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_message_that_is_over_does_not_come_and_another_says_how_long_it_has(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var first = await bench.OpenAsync("c", clean: false, with: new { expiry = 3_600 });
        await first.SubscribeAsync("t");
        await first.LeaveAsync();
        await bench.LeftAsync(0);
        var publisher = await bench.OpenAsync("p");
        await publisher.PublishAsync("t", "short", with: new { messageExpiry = 5 });
        await publisher.PublishAsync("t", "long", with: new { messageExpiry = 100 });
        await bench.Host.BeatAsync(6 * Second);

        var second = await bench.OpenAsync("c", clean: false);

        var message = await second.WaitAsync("message");
        Assert.Equal(("long", 94), ((string)message["payload"]!, (int)message["messageExpiry"]!));
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_as_a_duplicate()
    {
        await using var bench = await ForeignBench.StartAsync(PeerKind.MqttJs5);
        var first = await bench.OpenAsync("c", clean: false, with: new { expiry = 3_600 });
        await first.SubscribeAsync("t");
        await first.DoAsync("hold");
        var publisher = await bench.OpenAsync("p");
        await publisher.PublishAsync("t", "x");
        Assert.False((bool)(await first.WaitAsync("message"))["dup"]!);
        await first.DropAsync();

        var second = await bench.OpenAsync("c", clean: false);

        var message = await second.WaitAsync("message");
        Assert.Equal(("x", true), ((string)message["payload"]!, (bool)message["dup"]!));
    }

    [Fact]
    public async Task No_more_than_its_Receive_Maximum_comes_before_it_acknowledges()
    {
        await using var bench = await ForeignBench.StartAsync(PeerKind.MqttJs5);
        var client = await bench.OpenAsync("c", with: new { receiveMaximum = 2 });
        await client.SubscribeAsync("t");
        await client.DoAsync("hold");
        var publisher = await bench.OpenAsync("p");
        for (var n = 0; n < 5; n++)
            await publisher.PublishAsync("t", $"{n}");

        // Whatever was sent before is in front of SUBACK.
        await client.SubscribeAsync("u");
        Assert.Equal(2, client.Count("message"));
        await client.DoAsync("release");

        await client.ExpectAsync("0", "1", "2", "3", "4");
    }

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task Of_two_with_one_client_id_the_later_stays(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var first = await bench.OpenAsync("c", clean: false, with: new { expiry = 60 });
        await first.SubscribeAsync("t");

        var (second, connack) = await bench.ConnectAsync("c", clean: false, with: new { expiry = 60 });

        await first.ExpectEndAsync(bench, ReasonCode.SessionTakenOver);
        Assert.True((bool)connack["present"]!);
        await second.PublishAsync("t", "still subscribed");
        await second.ExpectAsync("still subscribed");
    }

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_will_is_sent_for_who_is_lost_and_not_for_who_leaves(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var watcher = await bench.WatchAsync("wills/#", 2);
        var leaves = await bench.OpenAsync("leaves", with: Will("left"));
        var lost = await bench.OpenAsync("lost", with: Will("lost"));

        await leaves.LeaveAsync();
        await bench.LeftAsync(2);
        await lost.DropAsync();

        var message = await watcher.WaitAsync("message");
        Assert.Equal(("wills/1", "lost", 2, false), ((string)message["topic"]!, (string)message["payload"]!, (int)message["qos"]!, (bool)message["retain"]!));
        var late = await bench.OpenAsync("late");
        await late.SubscribeAsync("wills/#");
        Assert.True((bool)(await late.WaitAsync("message"))["retain"]!);
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_client_may_leave_with_its_will(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var watcher = await bench.WatchAsync("wills/#");
        var client = await bench.OpenAsync("c", with: Will("asked for", user: [["why", "battery"]]));

        await client.LeaveAsync((int)ReasonCode.DisconnectWithWill);

        var message = await watcher.WaitAsync("message");
        Assert.Equal(("asked for", """[["why","battery"]]"""), ((string)message["payload"]!, message["user"]!.ToJsonString()));
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_will_waits_its_delay_and_is_not_sent_if_the_client_comes_back(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var watcher = await bench.WatchAsync("wills/#");
        await (await bench.OpenAsync("back", clean: false, with: Will("came back", 10, expiry: 60))).DropAsync();
        await (await bench.OpenAsync("gone", clean: false, with: Will("gone", 20, expiry: 60))).DropAsync();
        await bench.LeftAsync(1);
        var publisher = await bench.OpenAsync("p");

        await bench.Host.BeatAsync(9 * Second);
        var back = await bench.OpenAsync("back", clean: false, with: new { expiry = 60 });
        await bench.Host.BeatAsync(10 * Second);
        await publisher.PublishAsync("wills/2", "after 19 s");
        await bench.Host.BeatAsync(2 * Second);

        await watcher.ExpectAsync("after 19 s", "gone");
        await back.LeaveAsync();
    }

    private static object Will(string payload, int delay = 0, int expiry = 0, string[][]? user = null) =>
        new { will = new { topic = "wills/1", payload, qos = 2, retain = payload == "lost", delay, user = user ?? [] }, expiry };
}
