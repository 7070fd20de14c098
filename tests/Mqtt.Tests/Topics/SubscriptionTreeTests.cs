using EdgeEnforcement.Mqtt.Topics;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Topics;

public sealed class SubscriptionTreeTests(ITestOutputHelper output)
{
    private static readonly SubscriptionGrant Grant = new(new SubscriptionOptions(QoS.AtLeastOnce));
    private readonly SubscriptionTree<string> _tree = new();
    private readonly TopicMatches<string> _matches = new();

    [Fact]
    public void A_subscriber_is_found_by_each_of_its_overlapping_filters()
    {
        foreach (var filter in new[] { "a/b", "a/+", "+/b", "#", "a/#", "a/b/#", "+/+", "x", "a", "a/b/c", "+" })
            _tree.Set(filter, filter, Grant);

        Assert.Equal(["#", "+/+", "+/b", "a/#", "a/+", "a/b", "a/b/#"], Match("a/b"));
        Assert.Equal(["#", "+", "a", "a/#"], Match("a"));
        Assert.Equal([], Match("$SYS/b"));
    }

    [Fact]
    public void Setting_again_replaces_what_was_granted() // MQTT5-3.8.4-3
    {
        Assert.True(_tree.Set("a", "s", Grant));
        Assert.False(_tree.Set("a", "s", new SubscriptionGrant(new SubscriptionOptions(QoS.ExactlyOnce), 7)));

        _tree.Match("a", _matches);

        Assert.Equal((1, 7u), (_tree.Count, Assert.Single(_matches.Subscriptions).Grant.Identifier));
    }

    [Fact]
    public void Removing_what_is_not_there_says_so()
    {
        _tree.Set("a/b", "s", Grant);

        Assert.False(_tree.Remove("a", "s"));
        Assert.False(_tree.Remove("a/b", "t"));
        Assert.False(_tree.Remove("a/b/c", "s"));
        Assert.False(_tree.Remove("$share/g/a/b", "s"));
        Assert.True(_tree.Remove("a/b", "s"));
        Assert.False(_tree.Remove("a/b", "s"));
        Assert.Equal(0, _tree.Count);
        Assert.Equal([], Match("a/b"));
    }

    [Fact]
    public void Groups_come_whole_and_apart_from_plain_subscriptions()
    {
        _tree.Set("$share/g/a/+", "s1", Grant);
        _tree.Set("$share/g/a/+", "s2", Grant);
        _tree.Set("$share/h/a/+", "s1", Grant);
        _tree.Set("$share/g/#", "s3", Grant);
        _tree.Set("a/+", "s1", Grant);

        _tree.Match("a/b", _matches);

        Assert.Single(_matches.Subscriptions);
        Assert.Equal(["g #: s3", "g a/+: s1 s2", "h a/+: s1"], _matches.Groups.Select(Describe).Order(StringComparer.Ordinal));
        Assert.Equal(5, _tree.Count);
        _tree.Match("$a/b", _matches);
        Assert.Empty(_matches.Groups);

        Assert.True(_tree.Remove("$share/g/a/+", "s1"));
        Assert.True(_tree.Remove("$share/h/a/+", "s1"));
        _tree.Match("a/b", _matches);
        Assert.Equal(["g #: s3", "g a/+: s2"], _matches.Groups.Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_turn_of_a_group_stays_among_its_members()
    {
        _tree.Set("$share/g/a", "s1", Grant);
        _tree.Set("$share/g/a", "s2", Grant);
        _tree.Match("a", _matches);
        var group = Assert.Single(_matches.Groups);
        group.Turn = 1;

        _tree.Remove("$share/g/a", "s2");

        Assert.Equal(0, group.Turn);
    }

    [Fact]
    public void A_thousand_subscribers_to_one_filter_come_and_go()
    {
        for (var i = 0; i < 1000; i++)
            Assert.True(_tree.Set("a", $"s{i}", Grant));
        for (var i = 0; i < 1000; i += 2)
            Assert.True(_tree.Remove("a", $"s{i}"));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"s{(2 * i) + 1}").Order(StringComparer.Ordinal), Match("a"));
        Assert.Equal(500, _tree.Count);
    }

    [Fact]
    public void Sixty_thousand_levels_do_not_exhaust_the_stack()
    {
        var topic = new string('/', 65_535);
        var filter = string.Join('/', Enumerable.Repeat("+", 32_768));
        _tree.Set(topic, "exact", Grant);
        _tree.Set(filter, "plus", Grant);
        _tree.Set(filter[..^1] + "#", "hash", Grant);

        Assert.Equal(["exact", "hash"], Match(topic));
        Assert.True(_tree.Remove(topic, "exact") && _tree.Remove(filter, "plus") && _tree.Remove(filter[..^1] + "#", "hash"));
    }

    [Fact]
    public void Matching_costs_no_memory_once_the_buffer_is_large_enough()
    {
        for (var i = 0; i < 1000; i++)
        {
            _tree.Set($"ee/v1/dock-{i}/down", $"s{i}", Grant);
            _tree.Set("ee/v1/+/up", $"s{i}", Grant);
            _tree.Set($"$share/g{i % 5}/ee/#", $"s{i}", Grant);
        }

        _tree.Match("ee/v1/dock-500/up", _matches);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            _tree.Match("ee/v1/dock-500/up", _matches);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((1000, 5), (_matches.Subscriptions.Count, _matches.Groups.Count));
    }

    [Fact]
    public void It_finds_what_the_naive_matcher_finds()
    {
        output.WriteLine($"EE_SEED={LongForm.Seed}");
        var random = new Random(LongForm.Seed);
        var topics = new TopicMaker(random);
        var present = new HashSet<(string Filter, string Subscriber)>();
        for (var step = 0; step < (LongForm.IsWanted ? 200_000 : 8000); step++)
        {
            var (filter, subscriber) = (topics.Filter(), $"s{random.Next(30)}");
            if (random.Next(5) < 2)
                Assert.Equal(present.Remove((filter, subscriber)), _tree.Remove(filter, subscriber));
            else
                Assert.Equal(present.Add((filter, subscriber)), _tree.Set(filter, subscriber, Grant));
            Assert.Equal(present.Count, _tree.Count);

            var topic = topics.Name();
            var expected = present.Where(pair => !TopicRules.IsShared(pair.Filter) && NaiveMatcher.Matches(pair.Filter, topic)).Select(pair => pair.Subscriber);
            Assert.Equal(expected.Order(StringComparer.Ordinal), Match(topic));
            var shared = present.Where(pair => TopicRules.IsShared(pair.Filter) && NaiveMatcher.Matches(TopicMaker.Inner(pair.Filter), topic));
            Assert.Equal(
                shared.GroupBy(pair => pair.Filter).Select(group => string.Join(' ', group.Select(pair => pair.Subscriber).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal),
                _matches.Groups.Select(Members).Order(StringComparer.Ordinal));
        }

        foreach (var (filter, subscriber) in present)
            Assert.True(_tree.Remove(filter, subscriber));
        Assert.Equal(0, _tree.Count);
    }

    private static string Members(SharedGroup<string> group) =>
        string.Join(' ', Enumerable.Range(0, group.Count).Select(i => group[i].Subscriber).Order(StringComparer.Ordinal));

    private static string Describe(SharedGroup<string> group) => $"{group.ShareName} {group.Filter}: {Members(group)}";

    private List<string> Match(string topic)
    {
        _tree.Match(topic, _matches);
        return [.. _matches.Subscriptions.Select(match => match.Subscriber).Order(StringComparer.Ordinal)];
    }
}
