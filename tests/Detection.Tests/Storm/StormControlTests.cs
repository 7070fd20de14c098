namespace EdgeEnforcement.Detection.Tests.Storm;

public sealed class StormControlTests
{
    private const string AllFour = "\"MN1\", \"MN2\", \"MN3\", \"MN4\"";

    // One rule for each factor f0, f1 ...: as many alerts of one device and kind as wanted.
    private static RuleSet Many(int count, string judges = "warning", string category = "pollution", string extra = "") => Rulebook.Read(
        string.Join(',', Enumerable.Range(0, count).Select(i => Rulebook.Rule(
            $"r{i}", "threshold",
            $"\"factor\": \"f{i}\", \"unit\": \"u\", \"period\": \"real-time\", \"comparison\": \"above\", \"limit\": 1, \"category\": \"{category}\"",
            judges, AllFour, "\"judgedPeriod\": \"real-time\""))),
        extra);

    private static void Burst(Site site, double minute, int count, double value, string station = "MN1") =>
        site.Send(station, Site.At(minute), [.. Enumerable.Range(0, count).Select(i => Site.Reading(value, Site.At(minute), factor: $"f{i}", unit: "u"))]);

    [Fact]
    public void Above_six_a_minute_of_a_device_and_kind_a_parent_speaks_and_the_rest_follows_later()
    {
        var site = new Site(Many(10));

        Burst(site, 0.1, 10, 9);
        Assert.Equal(7, site.Said.Count);
        var parent = site.Alerts.Single(a => a.Rule == BuiltInRules.Storm);
        Assert.Equal((EpisodePhase.Opened, AlertKind.Device, "Threshold", 4), (parent.Phase, parent.Kind, parent.Target, site.Engine.HeldCount));

        Assert.Empty(site.Tick(0.9));
        var later = site.Tick(1.2).Select(d => d.Alert).ToList();
        Assert.Equal(["r6", "r7", "r8", "r9"], later.Where(a => a.Rule != BuiltInRules.Storm).Select(a => a.Rule));
        Assert.All(later.Where(a => a.Rule != BuiltInRules.Storm), a => Assert.Equal(parent.EpisodeId, a.ParentEpisodeId));
        var ended = later.Single(a => a.Rule == BuiltInRules.Storm);
        Assert.Equal((EpisodePhase.Cleared, 4ul, parent.EpisodeId), (ended.Phase, ended.OccurrencesRolledUp, ended.EpisodeId));
        Assert.Contains("合并 4 条", ended.Description);
    }

    [Fact]
    public void What_is_open_is_what_went_out_and_has_not_ended_also_after_a_restart()
    {
        var site = new Site(Many(10));
        Assert.Empty(site.Engine.OpenEpisodes);

        Burst(site, 0.1, 10, 9);
        var saidOpen = site.Alerts.Select(a => a.EpisodeId).Order();
        Assert.Equal(saidOpen, site.Engine.OpenEpisodes.Select(e => e.EpisodeId).Order());
        var again = DetectionEngine.Restore(site.Engine.Snapshot(), site.Engine.Rules, Decider.Edge, "agent-1");
        Assert.Equal(saidOpen, again.OpenEpisodes.Select(e => e.EpisodeId).Order());
        var first = site.Engine.OpenEpisodes.Single(e => e.Rule == "r0");
        Assert.Equal(("MN1", "规则 r0", Site.At(0.1), 1u, false), (first.Source, first.Title, first.Start, first.Count, first.Retrospective));

        Burst(site, 0.2, 10, 0);
        site.Tick(1.2);
        Assert.Empty(site.Engine.OpenEpisodes);
    }

    [Fact]
    public void A_warning_that_ended_meanwhile_is_counted_a_violation_goes_out_all_the_same()
    {
        foreach (var (judges, follow) in new[] { ("warning", 0), ("violation", 4) })
        {
            var site = new Site(Many(10, judges));
            Burst(site, 0.1, 10, 9);
            Burst(site, 0.2, 10, 0);
            site.Tick(1.2);

            Assert.Equal(6 + follow, site.Alerts.Count(a => a.Rule.StartsWith('r') && a.Phase == EpisodePhase.Opened));
            Assert.Equal(6 + follow, site.Alerts.Count(a => a.Rule.StartsWith('r') && a.Phase == EpisodePhase.Cleared));
            Assert.Equal(4ul, site.Alerts.Last(a => a.Rule == BuiltInRules.Storm).OccurrencesRolledUp);
            Assert.Equal(0, site.Engine.HeldCount);
        }
    }

    [Fact]
    public void A_gateway_has_a_budget_over_all_its_devices()
    {
        var site = new Site(Many(4, extra: "\"storm\": { \"perDeviceAndKindPerMinute\": 100, \"perGatewayPerMinute\": 5 },"));

        Burst(site, 0.1, 4, 9, "MN1");
        Burst(site, 0.1, 4, 9, "MN2");
        Burst(site, 0.1, 4, 9, "MN4"); // behind no gateway: the agent's own

        Assert.Equal(5 + 4, site.Alerts.Count(a => a.Rule.StartsWith('r')));
        var parent = site.Said.Single(d => d.Alert.Rule == BuiltInRules.Storm);
        Assert.Equal(("gw", "", 3), (parent.SourceDevice, parent.Alert.Target, site.Engine.HeldCount));
    }

    [Theory]
    [InlineData("sand-mining")]
    [InlineData("dumping")]
    [InlineData("tamper")]
    public void Sand_mining_dumping_and_tampering_never_fold(string category)
    {
        var site = new Site(Many(20, category: category));

        Burst(site, 0.1, 20, 9);

        Assert.Equal(20, site.Said.Count);
        Assert.Equal(0, site.Engine.HeldCount);
    }

    private static RuleSet Silent() => Rulebook.Read(Rulebook.Rule("silent", "missing", "\"after\": \"00:05:00\"", "device", AllFour));

    [Fact]
    public void A_dead_gateway_is_one_alert_and_not_one_for_each_station()
    {
        var site = new Site(Silent());
        foreach (var station in new[] { "MN1", "MN2", "MN3" })
            site.Live(1, 10, station);
        site.Live(5, 10, "MN4");

        site.Tick(6);
        var parent = Assert.Single(site.Said);
        Assert.Equal((BuiltInRules.GatewaySilent, "gw", EpisodePhase.Opened), (parent.Alert.Rule, parent.SourceDevice, parent.Alert.Phase));
        Assert.Empty(site.Tick(6.9));
        Assert.Equal((EpisodePhase.Updated, 3ul), Assert.Single(site.Tick(7.1)).Alert is var e ? (e.Phase, e.OccurrencesRolledUp) : default);

        site.Live(8, 10, "MN4");
        site.Live(8, 10, "MN1");
        site.Live(8, 10, "MN2");
        site.Tick(8.1);

        // Two are back: the gateway lives, and the one still silent speaks for itself.
        Assert.Equal([(BuiltInRules.GatewaySilent, EpisodePhase.Cleared), ("silent", EpisodePhase.Opened)], site.Story.Skip(2));
        Assert.Equal(("MN3", parent.Alert.EpisodeId), (site.Said[^1].SourceDevice, site.Alerts.Last().ParentEpisodeId));
    }

    [Fact]
    public void One_silent_station_waits_for_others_and_is_then_told()
    {
        var site = new Site(Silent());
        site.Live(1, 10, "MN1");
        site.Live(4, 10, "MN2");
        site.Live(4, 10, "MN3");
        site.Live(4, 10, "MN4");

        Assert.Empty(site.Tick(6));
        Assert.Equal("MN1", Assert.Single(site.Tick(6.5)).SourceDevice);
    }

    [Fact]
    public void A_short_silence_that_ended_while_it_waited_is_told_with_its_end()
    {
        var site = new Site(Silent());
        site.Live(4, 10, "MN2");
        site.Live(4, 10, "MN3");
        site.Live(4, 10, "MN4");
        Assert.Empty(site.Tick(5));
        site.Live(5.2, 10, "MN1");

        Assert.Equal([("silent", EpisodePhase.Opened), ("silent", EpisodePhase.Cleared)], site.Story);
    }

    [Fact]
    public void In_the_rain_high_water_of_a_basin_folds_into_one()
    {
        var site = new Site(Many(2, "hazard", "hydrological"));

        Burst(site, 1, 1, 9, "MN1");
        Burst(site, 2, 1, 9, "MN2");
        Burst(site, 3, 1, 9, "MN3");
        Burst(site, 3, 2, 9, "MN1");
        Burst(site, 3, 1, 9, "MN4"); // in no basin

        Assert.Equal([("MN1", "r0"), ("MN2", "r0"), ("agent-1", BuiltInRules.Basin), ("MN4", "r0")], site.Said.Select(d => (d.SourceDevice, d.Alert.Rule)));
        Assert.Equal((AlertKind.Hazard, "后河"), (site.Said[2].Alert.Kind, site.Said[2].Alert.Target));

        foreach (var station in new[] { "MN1", "MN2", "MN3" })
            Burst(site, 10, 2, 0, station);
        site.Tick(10.1);
        Assert.Equal((EpisodePhase.Cleared, 2ul), site.Alerts.Last() is var e ? (e.Phase, e.OccurrencesRolledUp) : default);
        Assert.Equal(0, site.Engine.HeldCount);
    }
}
