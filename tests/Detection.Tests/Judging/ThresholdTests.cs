using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection.Tests.Judging;

public sealed class ThresholdTests
{
    // device-protocols D20: COD hourly mean 78.4 mg/L, flag N.
    [Fact]
    public void An_alert_carries_readings_limits_rule_and_frame_hashes()
    {
        var rules = Rulebook.Read(Rulebook.Threshold("hour"));
        var site = new Site(rules);

        site.Send(Site.Reading(78.4, Site.At(0), ReadingKind.Hour));

        var (decision, alert) = (Assert.Single(site.Said), site.Alerts.Single());
        Assert.Equal(Rulebook.Station, decision.SourceDevice);
        Assert.Equal((EpisodePhase.Opened, AlertKind.Warning, "cod", "1", 78.4, "mg/L", 1u, false),
            (alert.Phase, alert.Kind, alert.Rule, alert.RuleVersion, alert.WorstValue, alert.Unit, alert.Count, alert.Retrospective));
        Assert.Equal(EpisodeId.Derive("MN1", "cod", "w01018", Site.At(0)), alert.EpisodeId);
        Assert.Equal(Site.At(60), alert.ObservedAt.ToDateTimeOffset());
        var basis = alert.Basis;
        Assert.Equal((50d, "mg/L", "above", "GB 18918-2002"), (basis.Limit, basis.LimitUnit, basis.Comparison, basis.RuleSource));
        Assert.Equal(rules.Sha256.ToArray(), basis.RuleSetSha256.ToByteArray());
        var quoted = Assert.Single(basis.Readings);
        Assert.Equal((78.4, 1ul, 32), (quoted.Reading.Value, quoted.Batch.Sequence, quoted.FrameSha256.Length));
        Assert.Equal(
            "一号排口（MN1）化学需氧量（w01018）小时均值 78.4 mg/L，高于限值 50 mg/L（56.8 %）；自 2026-11-28 08:00:00 至 2026-11-28 09:00:00，计 1 次。依据：GB 18918-2002。规则 cod@1。",
            basis.Explanation);
    }

    [Theory]
    [InlineData("above", 50.0, 50.1)]
    [InlineData("below", 50.0, 49.9)]
    public void A_value_equal_to_the_limit_keeps_it(string comparison, double kept, double broken)
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time").Replace("above", comparison, StringComparison.Ordinal)));

        Assert.Empty(site.Live(1, kept));
        Assert.Single(site.Live(2, broken));
    }

    [Fact]
    public void Outside_has_two_ends()
    {
        var rule = Rulebook.Rule("ph", "threshold", "\"factor\": \"w01001\", \"unit\": \"pH\", \"period\": \"real-time\", \"comparison\": \"outside\", \"limit\": 6, \"upperLimit\": 9");
        var site = new Site(Rulebook.Read(rule));

        foreach (var (minute, value) in new[] { (1, 6.0), (2, 9.0), (3, 9.2), (4, 7.0), (5, 5.5) })
            site.Live(minute, value, factor: "w01001", unit: "pH");

        Assert.Equal([EpisodePhase.Opened, EpisodePhase.Cleared, EpisodePhase.Opened], site.Alerts.Select(a => a.Phase));
        Assert.Equal([9.2, 9.2, 5.5], site.Alerts.Select(a => a.WorstValue));
        Assert.Equal(9, site.Alerts.First().Basis.UpperLimit);
    }

    [Fact]
    public void It_opens_only_when_it_lasted_and_a_fall_below_begins_anew()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time", "\"hold\": \"00:05:00\"")));

        foreach (var (minute, value) in new[] { (0, 60), (3, 60), (4, 40), (5, 60), (9, 70) })
            Assert.Empty(site.Live(minute, value));
        var alert = Assert.Single(site.Live(10, 65)).Alert;

        Assert.Equal((Site.At(5), 3u, 70d), (alert.EpisodeStart.ToDateTimeOffset(), alert.Count, alert.WorstValue));
        Assert.Equal([60d, 70, 65], alert.Basis.Readings.Select(q => q.Reading.Value));
        Assert.Contains("须持续 5 分钟", alert.Basis.Explanation);
    }

    [Fact]
    public void Silence_opens_and_ends_nothing()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time", "\"hold\": \"00:05:00\"")));

        site.Live(0, 60);
        Assert.Empty(site.Tick(30));
        site.Live(31, 60);
        Assert.Equal(EpisodePhase.Opened, site.Alerts.Single().Phase);
        Assert.Empty(site.Tick(600));
    }

    [Fact]
    public void It_ends_at_the_clear_level_after_the_clear_hold()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time", "\"clearLevel\": 45, \"clearHold\": \"00:04:00\", \"updateEvery\": \"01:00:00\"")));

        foreach (var (minute, value) in new[] { (0, 60), (1, 48), (2, 44), (4, 49), (5, 44), (7, 55), (8, 45), (11, 40) })
            site.Live(minute, value);
        Assert.Single(site.Said);
        site.Live(12, 41);

        var cleared = site.Alerts.Last();
        Assert.Equal((EpisodePhase.Cleared, 2u, 60d), (cleared.Phase, cleared.Count, cleared.WorstValue));
        Assert.Equal(site.Alerts.First().EpisodeId, cleared.EpisodeId);
    }

    [Fact]
    public void An_open_episode_is_reported_again_at_most_so_often_with_count_and_worst()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time", "\"updateEvery\": \"00:10:00\"")));

        for (var minute = 0; minute <= 25; minute++)
            site.Live(minute, minute == 7 ? 99 : 60);

        Assert.Equal([(EpisodePhase.Opened, 1u, 60d), (EpisodePhase.Updated, 11u, 99d), (EpisodePhase.Updated, 21u, 99d)],
            site.Alerts.Select(a => (a.Phase, a.Count, a.WorstValue)));
    }

    [Fact]
    public void Of_a_long_episode_the_first_the_worst_and_the_last_readings_are_quoted()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time", "\"updateEvery\": \"1.00:00:00\"")));

        for (var minute = 0; minute < 200; minute++)
            site.Live(minute, minute == 100 ? 99 : 60);
        site.Live(200, 10);

        var basis = site.Alerts.Last().Basis;
        Assert.Equal((64, 137ul), (basis.Readings.Count, basis.ReadingsLeftOut));
        Assert.Equal(99, basis.Readings.Max(q => q.Reading.Value));
        Assert.Equal([1ul, 2], basis.Readings.Take(2).Select(q => q.Batch.Sequence));
        Assert.Equal(201ul, basis.Readings[^1].Batch.Sequence);
        Assert.Equal(basis.Readings.OrderBy(q => q.Batch.Sequence), basis.Readings);
    }

    [Fact]
    public void The_converted_value_is_compared_where_the_rule_says_so()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time", "\"value\": \"converted\"")));
        var high = Site.Reading(10, Site.At(1));
        high.Converted = 80;

        Assert.Equal(80, Assert.Single(site.Send(high)).Alert.WorstValue);
        Assert.Contains("没有折算值", Assert.Single(site.Live(2, 99)).Alert.Description);
    }

    [Fact]
    public void A_rule_judges_only_what_was_observed_while_it_was_in_force()
    {
        var rules = Rulebook.Read(Rulebook.Threshold("real-time", "\"validTo\": \"2026-11-28\""));
        var site = new Site(rules);

        Assert.Single(site.Send("MN1", null, Site.Reading(60, Site.At((16 * 60) - 1))));
        Assert.Empty(site.Send("MN1", null, Site.Reading(60, Site.At(16 * 60)))); // midnight in Beijing
    }

    [Fact]
    public void Rules_of_the_other_decider_are_not_decided_here()
    {
        var rules = Rulebook.Read(Rulebook.Threshold("real-time").Replace("\"edge\"", "\"centre\"", StringComparison.Ordinal));

        Assert.Empty(new Site(rules).Live(1, 99));
        Assert.Equal(1, new DetectionEngine(rules, Decider.Centre, "centre", Site.Start).WatchCount);
    }
}
