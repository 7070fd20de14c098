namespace EdgeEnforcement.Detection.Tests;

public sealed class DeciderTests
{
    private static string Centre(string rule) => rule.Replace("\"decider\": \"edge\"", "\"decider\": \"centre\"", StringComparison.Ordinal);

    [Fact]
    public void Each_side_decides_its_own_rules_and_no_other()
    {
        var rules = Rulebook.Read(Rulebook.Threshold("real-time", id: "here") + "," + Centre(Rulebook.Threshold("real-time", id: "there")));
        var (edge, centre) = (Site(rules, Decider.Edge), Site(rules, Decider.Centre));

        edge.Live(1, 60);
        centre.Live(1, 60);

        Assert.Equal([("here", EpisodePhase.Opened)], edge.Story);
        Assert.Equal([("there", EpisodePhase.Opened)], centre.Story);
    }

    [Fact]
    public void Readings_nobody_may_judge_are_told_by_one_side_the_front_end_where_both_look()
    {
        var both = Rulebook.Read(Rulebook.Threshold("real-time", id: "here") + "," + Centre(Rulebook.Threshold("real-time", id: "there")));
        var (edge, centre) = (Site(both, Decider.Edge), Site(both, Decider.Centre));
        edge.Live(1, 60, quality: "M");
        centre.Live(1, 60, quality: "M");
        Assert.Equal([(BuiltInRules.QualityFlag, EpisodePhase.Opened)], edge.Story);
        Assert.Empty(centre.Story);

        var alone = Site(Rulebook.Read(Centre(Rulebook.Threshold("real-time", id: "there"))), Decider.Centre);
        alone.Live(1, 60, quality: "M");
        Assert.Equal([(BuiltInRules.QualityFlag, EpisodePhase.Opened)], alone.Story);

        // The front end looks too from now on.
        Assert.Equal([(BuiltInRules.QualityFlag, EpisodePhase.Cleared)], alone.Engine.Replace(both, Tests.Site.At(2)).Select(d => (d.Alert.Rule, d.Alert.Phase)));
        alone.Said.Clear();
        alone.Live(3, 30);
        Assert.Empty(alone.Story);
    }

    private static Site Site(RuleSet rules, Decider decider) => new(rules)
    {
        Engine = new DetectionEngine(rules, decider, "agent-1", Tests.Site.Start),
    };
}
