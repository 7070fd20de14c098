namespace EdgeEnforcement.Detection.Tests;

public sealed class ReloadTests
{
    [Fact]
    public void What_a_changed_or_withdrawn_rule_held_open_is_ended_and_the_others_go_on()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time", id: "kept") + "," + Rulebook.Threshold("real-time", id: "changed") + "," + Rulebook.Threshold("real-time", id: "gone")));
        site.Live(1, 60);

        var ended = site.Engine.Replace(
            Rulebook.Read(Rulebook.Threshold("real-time", id: "kept") + "," + Rulebook.Threshold("real-time", "\"clearLevel\": 49", id: "changed"), version: "2"), Site.At(2));

        Assert.Equal(["changed", "gone"], ended.Select(d => d.Alert.Rule));
        Assert.All(ended, d => Assert.Equal((EpisodePhase.Cleared, "1"), (d.Alert.Phase, d.Alert.RuleVersion)));
        Assert.All(ended, d => Assert.Contains("规则已变更或撤销", d.Alert.Description));
        site.Said.Clear();
        site.Live(3, 40);
        Assert.Equal([("kept", EpisodePhase.Cleared)], site.Story);
        Assert.Equal("2", site.Alerts.Single().RuleVersion);
    }

    [Fact]
    public void A_snapshot_that_is_damaged_or_of_other_rules_is_refused()
    {
        var rules = Rulebook.Read(Rulebook.Threshold("real-time"));
        var site = new Site(rules);
        site.Live(1, 60);
        var snapshot = site.Engine.Snapshot();

        for (var at = 0; at < snapshot.Length; at++)
        {
            var damaged = snapshot.ToArray();
            damaged[at] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => DetectionEngine.Restore(damaged, rules, Decider.Edge, "agent-1"));
        }
        Assert.Throws<InvalidDataException>(() => DetectionEngine.Restore(snapshot, Rulebook.Read(Rulebook.Threshold("hour")), Decider.Edge, "agent-1"));
        Assert.Throws<InvalidDataException>(() => DetectionEngine.Restore(snapshot[..20], rules, Decider.Edge, "agent-1"));
    }
}
