using BenchmarkDotNet.Attributes;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Benchmarks;

/// <summary>Does finding the subscribers of a topic depend on the number of subscriptions, and does it allocate?</summary>
[InProcess]
[WarmupCount(2)]
[IterationCount(5)]
[MemoryDiagnoser]
public class MqttTopicMatch_HundredThousandSubscriptions
{
    private readonly SubscriptionTree<int> _tree = new();
    private readonly TopicMatches<int> _matches = new();
    private string[] _topics = [];
    private int _next;

    [Params(100, 100_000)]
    public int Subscriptions { get; set; }

    // Each device follows its own topic; one in a thousand follows a wildcard, and a group of eight shares everything that goes up.
    [GlobalSetup]
    public void Subscribe()
    {
        var grant = new SubscriptionGrant(new SubscriptionOptions(QoS.AtLeastOnce));
        for (var device = 0; device < Subscriptions; device++)
            _tree.Set(device % 1000 == 999 ? $"ee/v1/+/zone-{device}/#" : $"ee/v1/dock-{device}/down", device, grant);
        for (var member = 0; member < 8; member++)
            _tree.Set("$share/workers/ee/v1/+/up", member, grant);
        _topics = [.. Enumerable.Range(0, 1024).Select(i => $"ee/v1/dock-{(i * 7919) % Subscriptions / 1000 * 1000}/down")];
    }

    [Benchmark(Baseline = true, Description = "one exact subscriber")]
    public int Exact()
    {
        _next = (_next + 1) & 1023;
        _tree.Match(_topics[_next], _matches);
        return _matches.Subscriptions.Count == 1 ? 1 : throw new InvalidOperationException("one subscriber expected");
    }

    [Benchmark(Description = "a shared group through +")]
    public int Shared()
    {
        _tree.Match("ee/v1/dock-17/up", _matches);
        return _matches.Groups.Count == 1 ? 1 : throw new InvalidOperationException("one group expected");
    }

    [Benchmark(Description = "no subscriber")]
    public int None()
    {
        _tree.Match("ee/v1/nobody/status", _matches);
        return _matches.Subscriptions.Count == 0 ? 1 : throw new InvalidOperationException("no subscriber expected");
    }
}
