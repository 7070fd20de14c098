using System.Text.Json.Nodes;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.Mqtt.Tests.Foreign;

/// mosquitto_pub and mosquitto_sub, each call a process that connects, does one thing and ends.
public sealed class MosquittoTests
{
    [Theory]
    [InlineData("mqttv311", 0)]
    [InlineData("mqttv311", 1)]
    [InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 0)]
    [InlineData("mqttv5", 1)]
    [InlineData("mqttv5", 2)]
    public async Task A_message_comes_at_its_quality(string version, int qos)
    {
        await using var host = await MqttHost.StartAsync();
        await using var watcher = await WatchAsync(host, version, "-t", "t/+", "-q", $"{qos}", "-C", "2", "-F", "%t %q %r %p");

        await PublishAsync(host, version, "-t", "t/1", "-q", $"{qos}", "-m", "one");
        await PublishAsync(host, version, "-t", "t/2", "-q", $"{qos}", "-m", "two");

        var (code, output) = await watcher.EndAsync();
        Assert.Equal(0, code);
        Assert.Contains($"t/1 {qos} 0 one", output);
        Assert.Contains($"t/2 {qos} 0 two", output);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task A_retained_message_is_replaced_and_taken_away(string version)
    {
        await using var host = await MqttHost.StartAsync();
        await PublishAsync(host, version, "-t", "r", "-q", "1", "-r", "-m", "old");
        await PublishAsync(host, version, "-t", "r", "-q", "1", "-r", "-m", "new");
        await PublishAsync(host, version, "-t", "s", "-q", "1", "-r", "-m", "other");

        Assert.Contains("1 new", await SubscribeAsync(host, version, "-t", "r", "-q", "1", "-C", "1", "-F", "%r %p"));
        await PublishAsync(host, version, "-t", "r", "-q", "1", "-r", "-n");

        // Retained messages come in front of everything else.
        Assert.Contains("s other", await SubscribeAsync(host, version, "-t", "+", "-q", "1", "-C", "1", "-F", "%t %p"));
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task A_persistent_session_holds_what_was_sent_meanwhile(string version)
    {
        await using var host = await MqttHost.StartAsync();
        string[] session = ["-t", "t", "-q", "2", "-c", "-i", "keeper"];
        await SubscribeAsync(host, version, [.. session, "-E"]);
        await MqttHost.WaitAsync(() => host.Server.ConnectionCount == 0);
        for (var n = 0; n < 3; n++)
            await PublishAsync(host, version, "-t", "t", "-q", "2", "-m", $"message {n}");

        var output = await SubscribeAsync(host, version, [.. session, "-C", "3"]);

        Assert.Equal(["message 0", "message 1", "message 2"], output.Split('\n').Where(line => line.StartsWith("message", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task The_will_of_a_process_that_is_killed_is_sent(string version)
    {
        await using var host = await MqttHost.StartAsync();
        await using var watcher = await WatchAsync(host, version, "-t", "wills", "-q", "1", "-C", "1");
        await using var victim = await WatchAsync(
            host, version, "-t", "t", "--will-topic", "wills", "--will-payload", "it is gone", "--will-qos", "1");

        await victim.KillAsync();

        Assert.Contains("it is gone", (await watcher.EndAsync()).Output);
    }

    [Fact]
    public async Task Properties_come_with_the_message()
    {
        await using var host = await MqttHost.StartAsync();
        await using var watcher = await WatchAsync(
            host, "mqttv5", "-t", "t", "-q", "1", "-C", "1", "-F", "%j", "-D", "subscribe", "subscription-identifier", "7", "-D", "connect", "receive-maximum", "1");

        await PublishAsync(
            host, "mqttv5", "-t", "t", "-q", "1", "-m", "x",
            "-D", "publish", "content-type", "text/plain", "-D", "publish", "response-topic", "answers", "-D", "publish", "correlation-data", "no5",
            "-D", "publish", "user-property", "lane", "3", "-D", "publish", "message-expiry-interval", "100", "-D", "publish", "payload-format-indicator", "1");

        var (_, output) = await watcher.EndAsync();
        var message = JsonNode.Parse(output.Split('\n').Single(line => line.StartsWith('{')))!;
        var properties = message["properties"]!;
        Assert.Equal("text/plain", (string?)properties["content-type"]);
        Assert.Equal("answers", (string?)properties["response-topic"]);
        Assert.Contains("no5", properties.ToJsonString());
        Assert.Contains("lane", properties.ToJsonString());
        Assert.Equal(100, (int?)properties["message-expiry-interval"]);
    }

    [Fact]
    public async Task An_alias_stands_for_the_topic_of_what_is_repeated()
    {
        await using var host = await MqttHost.StartAsync();
        await using var watcher = await WatchAsync(host, "mqttv5", "-t", "t/#", "-q", "1", "-C", "3", "-F", "%t %p");

        await PublishAsync(
            host, "mqttv5", "-t", "t/long", "-q", "1", "-m", "x", "--repeat", "3", "--repeat-delay", "0", "-D", "publish", "topic-alias", "4");

        Assert.Equal(3, (await watcher.EndAsync()).Output.Split('\n').Count(line => line == "t/long x"));
    }

    [Theory]
    [InlineData("mqttv311", "Connection Refused: not authorised")]
    [InlineData("mqttv5", "Not authorized")]
    public async Task Who_may_not_connect_is_told(string version, string words)
    {
        await using var host = await MqttHost.StartAsync();
        await using var client = Start(host, "mosquitto_pub", version, ["-i", "stranger", "-t", "t", "-m", "x", "-q", "1"]);

        var (code, output) = await client.EndAsync();

        Assert.NotEqual(0, code);
        Assert.Contains(words, output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_publisher_is_told_what_became_of_its_message()
    {
        await using var host = await MqttHost.StartAsync();
        foreach (var (topic, code) in new[] { ("secret/1", "RC:135"), ("nobody", "RC:16") })
        {
            await using var client = Start(host, "mosquitto_pub", "mqttv5", ["-t", topic, "-m", "x", "-q", "1"]);
            Assert.Contains(code, (await client.EndAsync()).Output);
        }
    }

    private static ForeignProgram Start(MqttHost host, string program, string version, string[] arguments) =>
        // stdbuf: what -d says would wait in a buffer until the end.
        ForeignProgram.Start("stdbuf", ["-oL", program, "-h", "127.0.0.1", "-p", $"{host.Port}", "-V", version, "-d", .. arguments]);

    private static async Task PublishAsync(MqttHost host, string version, params string[] arguments)
    {
        await using var client = Start(host, "mosquitto_pub", version, arguments);
        var (code, output) = await client.EndAsync();
        Assert.True(code == 0, output);
    }

    private static async Task<string> SubscribeAsync(MqttHost host, string version, params string[] arguments)
    {
        await using var client = Start(host, "mosquitto_sub", version, arguments);
        var (code, output) = await client.EndAsync();
        Assert.True(code == 0, output);
        return output;
    }

    /// Returns when it has subscribed.
    private static async Task<ForeignProgram> WatchAsync(MqttHost host, string version, params string[] arguments)
    {
        var client = Start(host, "mosquitto_sub", version, arguments);
        await client.WaitForLineAsync("Subscribed (mid");
        return client;
    }
}
