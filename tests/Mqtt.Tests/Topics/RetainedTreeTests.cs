using EdgeEnforcement.Mqtt.Topics;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Topics;

public sealed class RetainedTreeTests(ITestOutputHelper output)
{
    private readonly RetainedTree<string> _tree = new();

    [Fact]
    public void A_filter_finds_names()
    {
        foreach (var topic in new[] { "a", "a/b", "a/b/c", "a/x/c", "b", "/", "$SYS/a", "a/$y" })
            Assert.Null(_tree.Set(topic, topic));

        Assert.Equal(["a/b"], Match("a/b"));
        Assert.Equal(["a/$y", "a/b"], Match("a/+"));
        Assert.Equal(["a", "a/$y", "a/b", "a/b/c", "a/x/c"], Match("a/#"));
        Assert.Equal(["a/b/c", "a/x/c"], Match("a/+/c"));
        Assert.Equal(["a", "b"], Match("+"));
        Assert.Equal(["/", "a", "a/$y", "a/b", "a/b/c", "a/x/c", "b"], Match("#"));
        Assert.Equal(["$SYS/a"], Match("$SYS/+"));
        Assert.Equal([], Match("$share/g/a"));
        Assert.Equal(8, _tree.Count);
    }

    [Fact]
    public void Set_replaces_and_remove_takes_away()
    {
        _tree.Set("a/b", "1");

        Assert.Equal("1", _tree.Set("a/b", "2"));
        Assert.Equal("2", _tree.Find("a/b"));
        Assert.Null(_tree.Find("a"));
        Assert.Null(_tree.Remove("a"));
        Assert.Equal("2", _tree.Remove("a/b"));
        Assert.Null(_tree.Remove("a/b"));
        Assert.Equal(0, _tree.Count);
    }

    [Fact]
    public void Sixty_thousand_levels_do_not_exhaust_the_stack()
    {
        var topic = new string('/', 65_535);
        _tree.Set(topic, "deep");

        Assert.Equal(["deep"], Match("#"));
        Assert.Equal(["deep"], Match(string.Join('/', Enumerable.Repeat("+", 20_000)) + "/#"));
        Assert.Equal("deep", _tree.Remove(topic));
    }

    [Fact]
    public void It_finds_what_the_naive_matcher_finds()
    {
        output.WriteLine($"EE_SEED={LongForm.Seed}");
        var random = new Random(LongForm.Seed);
        var topics = new TopicMaker(random);
        var present = new HashSet<string>();
        for (var step = 0; step < (LongForm.IsWanted ? 200_000 : 8000); step++)
        {
            var topic = topics.Name();
            if (random.Next(5) < 2)
                Assert.Equal(present.Remove(topic), _tree.Remove(topic) is not null);
            else
                Assert.Equal(present.Add(topic), _tree.Set(topic, topic) is null);

            var filter = topics.Filter();
            var expected = TopicRules.IsShared(filter) ? [] : present.Where(name => NaiveMatcher.Matches(filter, name));
            Assert.Equal(expected.Order(StringComparer.Ordinal), Match(filter));
            Assert.Equal(present.Count, _tree.Count);
        }
    }

    private List<string> Match(string filter)
    {
        var found = new List<string>();
        _tree.Match(filter, found);
        return [.. found.Order(StringComparer.Ordinal)];
    }
}
