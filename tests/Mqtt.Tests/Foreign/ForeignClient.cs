using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeEnforcement.Mqtt.Tests.Foreign;

/// One connection in the process of a foreign library: commands go there, events are taken in their order, kind by kind.
internal sealed class ForeignClient(ForeignProgram peer, string name)
{
    private readonly Dictionary<string, int> _taken = [];

    public Task DoAsync(string what, object? with = null, object? more = null)
    {
        var command = new JsonObject { ["client"] = name, ["do"] = what };
        foreach (var part in new[] { with, more })
            if (part is not null)
                foreach (var (key, value) in JsonSerializer.SerializeToNode(part)!.AsObject())
                    command[key] = value?.DeepClone();
        return peer.SendAsync(command.ToJsonString());
    }

    /// The next event of this kind that was not taken yet.
    public async Task<JsonObject> WaitAsync(string kind)
    {
        var skip = _taken.GetValueOrDefault(kind);
        var found = await peer.WaitAsync(lines => Events(lines, kind).Skip(skip).FirstOrDefault(), $"{name}: {kind} {skip + 1}");
        _taken[kind] = skip + 1;
        return JsonNode.Parse(found)!.AsObject();
    }

    /// How many events of this kind there were, taken or not.
    public int Count(string kind) => Events(peer.Lines, kind).Count();

    public async Task<int> SubscribeAsync(string filter, int qos = 1, object? with = null)
    {
        await DoAsync("subscribe", new { filter, qos }, with);
        return (int)(await WaitAsync("subscribed"))["codes"]![0]!;
    }

    /// Returns when the library says that it is done: at QoS 0 sent, at 1 and 2 acknowledged.
    public async Task<JsonObject> PublishAsync(string topic, string payload, int qos = 1, bool retain = false, object? with = null)
    {
        await DoAsync("publish", new { topic, payload, qos, retain }, with);
        return await WaitAsync("published");
    }

    public async Task<JsonObject> LeaveAsync(int code = 0, object? with = null)
    {
        await DoAsync("disconnect", new { code }, with);
        return await WaitAsync("closed");
    }

    /// The server has told it on 5.0 why it ends, and has closed the connection.
    public async Task ExpectEndAsync(ForeignBench bench, ReasonCode reason)
    {
        if (bench.IsV5)
            Assert.Equal((int)reason, (int)(await WaitAsync("told"))["code"]!);
        // Who does not close after it was told is cut off by the heart.
        await bench.Host.BeatUntilAsync(() => Count("closed") > 0, TimeSpan.FromSeconds(1));
    }

    /// The connection is lost: no DISCONNECT.
    public async Task DropAsync()
    {
        await DoAsync("drop");
        await WaitAsync("closed");
    }

    public async Task<string> NextAsync() => (string)(await WaitAsync("message"))["payload"]!;

    public async Task ExpectAsync(params string[] payloads)
    {
        foreach (var payload in payloads)
            Assert.Equal(payload, await NextAsync());
    }

    // Both peers write client and event first, without blanks.
    private IEnumerable<string> Events(IReadOnlyList<string> lines, string kind)
    {
        var beginning = $"{{\"client\":\"{name}\",\"event\":\"{kind}\"";
        return lines.Where(line => line.StartsWith(beginning, StringComparison.Ordinal));
    }
}
