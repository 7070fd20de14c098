using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Tests.Topics;

public sealed class TopicRulesTests
{
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "a", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("$SYS/#", "$SYS", true)]
    [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients", true)]
    [InlineData("a/+", "a/$b", true)]
    [InlineData("ACCOUNTS", "Accounts", false)]
    [InlineData("/finance", "finance", false)]
    [InlineData("A\u030A", "\u00C5", false)]
    [InlineData("a//b", "a//b", true)]
    [InlineData("a/+/b", "a//b", true)]
    public void The_examples_of_section_4_7(string filter, string topic, bool expected)
    {
        Assert.Equal(expected, TopicRules.Matches(filter, topic));
        Assert.Equal(expected, NaiveMatcher.Matches(filter, topic));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("/", true)]
    [InlineData("a b/c", true)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("#", false)]
    [InlineData("a\0", false)]
    public void Names(string topic, bool expected) => Assert.Equal(expected, TopicRules.IsName(topic));

    [Theory]
    [InlineData("#", true)]
    [InlineData("sport/tennis/#", true)]
    [InlineData("+/tennis/#", true)]
    [InlineData("sport/+/player1", true)]
    [InlineData("sport/tennis#", false)]
    [InlineData("sport/tennis/#/ranking", false)]
    [InlineData("sport+", false)]
    [InlineData("+sport", false)]
    [InlineData("##", false)]
    [InlineData("++", false)]
    [InlineData("#/#", false)]
    [InlineData("", false)]
    [InlineData("$share/g/a", true)]
    [InlineData("$share/g//", true)]
    [InlineData("$share/g/#", true)]
    [InlineData("$share/g", false)]
    [InlineData("$share/g/", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/#/a", false)]
    [InlineData("$share/+g/a", false)]
    [InlineData("$share/g/a#", false)]
    [InlineData("$shared/g", true)]
    public void Filters(string filter, bool expected) => Assert.Equal(expected, TopicRules.IsFilter(filter));

    [Fact]
    public void Depth_is_counted_in_levels()
    {
        Assert.True(TopicRules.IsWithinDepth(new string('/', TopicRules.MaximumLevels - 1)));
        Assert.False(TopicRules.IsWithinDepth(new string('/', TopicRules.MaximumLevels)));
    }
}
