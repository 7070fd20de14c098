using System.Text.Json.Nodes;

namespace EdgeEnforcement.Mqtt.Tests.Foreign;

/// Publishing and subscribing, as paho-mqtt and MQTT.js see it.
public sealed class MessageTests
{
    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_message_comes_at_the_lower_of_both_qualities(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var publisher = await bench.OpenAsync("p");
        var watchers = new List<ForeignClient>();
        for (var qos = 0; qos <= 2; qos++)
        {
            watchers.Add(await bench.OpenAsync($"w{qos}"));
            Assert.Equal(qos, await watchers[qos].SubscribeAsync("t/+", qos));
        }

        for (var sent = 0; sent <= 2; sent++)
        {
            await publisher.PublishAsync($"t/{sent}", $"at {sent}", sent);
            for (var granted = 0; granted <= 2; granted++)
            {
                var message = await watchers[granted].WaitAsync("message");
                Assert.Equal(($"t/{sent}", $"at {sent}", Math.Min(sent, granted)), ((string)message["topic"]!, (string)message["payload"]!, (int)message["qos"]!));
                Assert.False((bool)message["dup"]! || (bool)message["retain"]!);
            }
        }
    }

    [Theory]
    [InlineData(PeerKind.Paho311, 1, 600)]
    [InlineData(PeerKind.Paho5, 2, 600)]
    [InlineData(PeerKind.MqttJs311, 2, 600)]
    [InlineData(PeerKind.MqttJs5, 1, 600)]
    [InlineData(PeerKind.MqttJs5, 2, 200)]
    public async Task Hundreds_in_one_go_come_once_and_in_order(PeerKind kind, int qos, int count)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var watcher = await bench.WatchAsync("t", qos);
        var publisher = await bench.OpenAsync("p");

        await publisher.DoAsync("publish", new { topic = "t", payload = "{n}", qos, retain = false, times = count });

        await Server.MqttHost.WaitAsync(() => publisher.Count("published") == count && watcher.Count("message") >= count);
        for (var n = 0; n < count; n++)
            Assert.Equal($"{n}", await watcher.NextAsync());
        await publisher.PublishAsync("t", "end", qos);
        await watcher.ExpectAsync("end");
    }

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task After_UNSUBSCRIBE_nothing_comes(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");
        await client.SubscribeAsync("a/#");
        await client.SubscribeAsync("b/#");

        await client.DoAsync("unsubscribe", new { filter = "a/#" });
        await client.WaitAsync("unsubscribed");
        await client.PublishAsync("a/1", "not this");
        await client.PublishAsync("b/1", "this");

        await client.ExpectAsync("this");
    }

    [Theory]
    [InlineData(PeerKind.Paho311)]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs311)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task The_last_retained_message_waits_for_who_subscribes_until_it_is_taken_away(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var publisher = await bench.OpenAsync("p");
        var live = await bench.WatchAsync("r/#");
        await publisher.PublishAsync("r/1", "old", 1, retain: true);
        await publisher.PublishAsync("r/1", "new", 2, retain: true);
        Assert.Equal(("old", false), Shown(await live.WaitAsync("message")));
        Assert.Equal(("new", false), Shown(await live.WaitAsync("message")));

        var late = await bench.OpenAsync("late");
        await late.SubscribeAsync("r/#", 2);
        Assert.Equal(("new", true), Shown(await late.WaitAsync("message")));

        await publisher.PublishAsync("r/1", "", 1, retain: true);
        var after = await bench.OpenAsync("after");
        await after.SubscribeAsync("r/#");
        await publisher.PublishAsync("r/1", "live", 1);
        Assert.Equal(("live", false), Shown(await after.WaitAsync("message")));
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task Retain_handling_and_retain_as_published_are_kept(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");
        await client.PublishAsync("r", "kept", 1, retain: true);

        await client.SubscribeAsync("r", 1, new { handling = 2, asPublished = true });
        await client.SubscribeAsync("r", 1, new { handling = 1, asPublished = true }); // it exists
        await client.PublishAsync("r", "as published", 1, retain: true);
        Assert.Equal(("as published", true), Shown(await client.WaitAsync("message")));

        await client.SubscribeAsync("r", 1, new { handling = 0 });
        Assert.Equal(("as published", true), Shown(await client.WaitAsync("message")));
        await client.DoAsync("unsubscribe", new { filter = "r" });
        await client.WaitAsync("unsubscribed");
        await client.SubscribeAsync("r", 1, new { handling = 1 }); // it is new
        Assert.Equal(("as published", true), Shown(await client.WaitAsync("message")));
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task No_local_keeps_a_clients_own_messages_from_it(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");
        var other = await bench.OpenAsync("o");
        await client.SubscribeAsync("t", 1, new { noLocal = true });

        await client.PublishAsync("t", "own");
        await other.PublishAsync("t", "another's");

        await client.ExpectAsync("another's");
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task Subscription_identifiers_say_which_subscription_it_was(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");
        await client.SubscribeAsync("a/+", 1, new { id = 7 });
        await client.SubscribeAsync("b/+", 1, new { id = 268_435_455 });

        await client.PublishAsync("b/1", "of b");
        await client.PublishAsync("a/1", "of a");

        foreach (var (payload, id) in new[] { ("of b", 268_435_455), ("of a", 7) })
        {
            var message = await client.WaitAsync("message");
            Assert.Equal((payload, $"[{id}]"), ((string)message["payload"]!, message["ids"]!.ToJsonString()));
        }
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task A_shared_subscription_gives_each_message_to_one_member(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var publisher = await bench.OpenAsync("p");
        ForeignClient[] members = [await bench.OpenAsync("m1"), await bench.OpenAsync("m2")];
        foreach (var member in members)
        {
            await member.SubscribeAsync("$share/group/s/#");
            await member.SubscribeAsync("end");
        }

        for (var n = 0; n < 20; n++)
            await publisher.PublishAsync("s/1", $"{n}");
        await publisher.PublishAsync("end", "end");

        var came = new List<int>();
        foreach (var member in members)
            for (var payload = await member.NextAsync(); payload != "end"; payload = await member.NextAsync())
                came.Add(int.Parse(payload, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, 20), came.Order());
    }

    [Theory]
    [InlineData(PeerKind.Paho5)]
    [InlineData(PeerKind.MqttJs5)]
    public async Task What_the_publisher_says_about_a_message_comes_with_it(PeerKind kind)
    {
        await using var bench = await ForeignBench.StartAsync(kind);
        var client = await bench.OpenAsync("c");
        await client.SubscribeAsync("t");
        string[][] user = [["lane", "3"], ["lane", "4"], ["Straße", "紅燈"]];

        await client.PublishAsync("t", "x", with: new
        {
            user, contentType = "application/json", responseTopic = "answers/c", correlation = "no. 5", isText = 1, messageExpiry = 100,
        });

        var message = await client.WaitAsync("message");
        Assert.Equal("application/json", (string?)message["contentType"]);
        Assert.Equal("answers/c", (string?)message["responseTopic"]);
        Assert.Equal("no. 5", (string?)message["correlation"]);
        Assert.Equal(1, (int?)message["isText"]);
        Assert.Equal(100, (int?)message["messageExpiry"]);
        Assert.Equal(user, message["user"]!.AsArray().Select(pair => pair!.AsArray().Select(text => (string)text!).ToArray()));
    }

    private static (string, bool) Shown(JsonObject message) => ((string)message["payload"]!, (bool)message["retain"]!);
}
