namespace EdgeEnforcement.Detection.Tests.Judging;

public sealed class RuleKindTests
{
    private const string Level = "\"factor\": \"z\", \"factorName\": \"水位\", \"period\": \"real-time\", \"unit\": \"m\"";

    [Fact]
    public void A_rate_is_scaled_to_its_unit_of_time_and_not_taken_over_a_gap()
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule("rise", "rate", Level + ", \"comparison\": \"above\", \"limit\": 1, \"per\": \"01:00:00\", \"maxGap\": \"00:30:00\"", "hazard")));

        Assert.Empty(site.Live(0, 100, factor: "z", unit: "m"));
        Assert.Empty(site.Live(10, 100.1, factor: "z", unit: "m"));  // 0.6 m/h
        var alert = Assert.Single(site.Live(20, 100.4, factor: "z", unit: "m")).Alert;
        Assert.Equal((AlertKind.Hazard, "rate-above", 1.8), (alert.Kind, alert.Basis.Comparison, Math.Round(alert.WorstValue, 6)));
        Assert.Equal([100.1, 100.4], alert.Basis.Readings.Select(q => q.Reading.Value));
        Assert.Equal(EpisodePhase.Cleared, Assert.Single(site.Live(30, 100.4, factor: "z", unit: "m")).Alert.Phase);
        Assert.Empty(site.Live(90, 150, factor: "z", unit: "m"));
    }

    [Fact]
    public void A_fall_is_a_negative_rate()
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule("fall", "rate", Level + ", \"comparison\": \"below\", \"limit\": -1, \"per\": \"01:00:00\"", "hazard")));

        site.Live(0, 100, factor: "z", unit: "m");

        Assert.Equal(-3, Assert.Single(site.Live(20, 99, factor: "z", unit: "m")).Alert.WorstValue, 6);
    }

    [Fact]
    public void N_of_m_periods_opens_with_the_nth_and_begins_with_the_first()
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule("often", "periods", Rulebook.Cod + "\"period\": \"real-time\", \"breaches\": 3, \"of\": 5")));

        foreach (var (minute, value) in new[] { (0, 60), (1, 10), (2, 90), (3, 10) })
            Assert.Empty(site.Live(minute, value));
        var alert = Assert.Single(site.Live(4, 70)).Alert;

        Assert.Equal((Site.At(0), 90d), (alert.EpisodeStart.ToDateTimeOffset(), alert.WorstValue));
        Assert.Equal([60d, 10, 90, 10, 70], alert.Basis.Readings.Select(q => q.Reading.Value));
        Assert.Equal(EpisodePhase.Cleared, Assert.Single(site.Live(5, 10)).Alert.Phase); // 2 of the last 5
    }

    [Fact]
    public void Readings_that_may_not_be_judged_are_no_periods()
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule("often", "periods", Rulebook.Cod + "\"period\": \"real-time\", \"breaches\": 2, \"of\": 2")));

        site.Live(0, 60);
        site.Live(1, 10, quality: "C");
        site.Live(2, 60);

        Assert.Single(site.Alerts, a => a.Rule == "often");
    }

    [Fact]
    public void A_value_that_stands_still_is_said_unless_it_may()
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule(
            "stuck", "stuck", "\"factor\": \"w01018\", \"unit\": \"mg/L\", \"period\": \"real-time\", \"count\": 3, \"tolerance\": 0.05, \"ignore\": [0]", "device")));

        foreach (var (minute, value) in new[] { (0, 0), (1, 0), (2, 0), (3, 0), (4, 20), (5, 20.04) })
            Assert.Empty(site.Live(minute, value));
        var alert = Assert.Single(site.Live(6, 20)).Alert;

        Assert.Equal((AlertKind.Device, 3d, "readings", Site.At(4)), (alert.Kind, alert.WorstValue, alert.Unit, alert.EpisodeStart.ToDateTimeOffset()));
        Assert.Equal(EpisodePhase.Cleared, Assert.Single(site.Live(7, 21)).Alert.Phase);
    }

    [Fact]
    public void All_of_needs_every_condition_at_the_same_time()
    {
        var site = new Site(Combined("all"));

        Assert.Empty(site.Live(0, 60));
        Assert.Empty(site.Live(10, 150, factor: "w00000", unit: "L/s")); // the COD is ten minutes old
        var alert = Assert.Single(site.Live(12, 70)).Alert;
        Assert.Equal(["w00000", "w01018"], alert.Basis.Readings.Select(q => q.Reading.Factor));
        Assert.Contains("同时满足", alert.Description);
        Assert.Equal(EpisodePhase.Cleared, Assert.Single(site.Live(13, 80, factor: "w00000", unit: "L/s")).Alert.Phase);
    }

    [Fact]
    public void Any_of_needs_one()
    {
        var site = new Site(Combined("any"));

        Assert.Single(site.Live(0, 60));
        Assert.Empty(site.Live(1, 150, factor: "w00000", unit: "L/s"));
        Assert.Empty(site.Live(2, 10));
        Assert.Equal(EpisodePhase.Cleared, Assert.Single(site.Live(3, 80, factor: "w00000", unit: "L/s")).Alert.Phase);
    }

    private static RuleSet Combined(string match) => Rulebook.Read(Rulebook.Rule("both", "combined", $$"""
        "match": "{{match}}", "within": "00:05:00", "conditions": [
          { "factor": "w00000", "factorName": "流量", "period": "real-time", "unit": "L/s", "comparison": "above", "limit": 120 },
          { {{Rulebook.Cod}} "period": "real-time" } ]
        """));

    [Fact]
    public void Silence_is_noticed_by_the_clock_and_ended_by_what_comes_in_time()
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule("silent", "missing", "\"after\": \"00:05:00\", \"updateEvery\": \"01:00:00\"", "device", "\"MN4\"")));

        site.Live(1, 10, "MN4");
        Assert.Empty(site.Tick(5.9));
        var opened = Assert.Single(site.Tick(6.5)).Alert;
        Assert.Equal((Site.At(1), Site.At(6), 5d, "min"), (opened.EpisodeStart.ToDateTimeOffset(), opened.ObservedAt.ToDateTimeOffset(), opened.WorstValue, opened.Unit));
        Assert.Empty(site.Tick(20));
        Assert.Equal(EpisodePhase.Updated, Assert.Single(site.Tick(66.5)).Alert.Phase);
        Assert.Empty(site.Send("MN4", Site.At(70), Site.Reading(10, Site.At(30), ReadingKind.Recalled)));
        var ended = Assert.Single(site.Send("MN4", Site.At(71), Site.Reading(10, Site.At(71), factor: "other"))).Alert;
        Assert.Equal((EpisodePhase.Cleared, 70d), (ended.Phase, ended.WorstValue));
    }

    [Fact]
    public void Nobody_is_silent_while_nobody_listens()
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule("silent", "missing", "\"after\": \"00:05:00\"", "device", "\"MN4\"")));

        site.Live(1, 10, "MN4");
        site.Engine.Resume(Site.At(60));

        Assert.Empty(site.Tick(64));
        Assert.Single(site.Tick(65));
    }

    [Fact]
    public void Somebody_at_the_device_is_one_episode_until_it_is_quiet()
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule("opened", "tamper", "\"events\": [\"box-door\", \"moved\"], \"quiet\": \"00:30:00\"", "device")));

        var alert = Assert.Single(site.Happens(1, DeviceEventKind.BoxDoor)).Alert;
        Assert.Equal(("tamper", 1ul), (alert.Basis.Comparison, Assert.Single(alert.Basis.Readings).Batch.Sequence));
        Assert.Empty(site.Happens(2, DeviceEventKind.Moved));
        Assert.Empty(site.Happens(3, DeviceEventKind.Restarted));
        Assert.Empty(site.Tick(31.9));
        Assert.Equal((EpisodePhase.Cleared, 2u), Assert.Single(site.Tick(32)).Alert is var e ? (e.Phase, e.Count) : default);
        Assert.Single(site.Happens(40, DeviceEventKind.BoxDoor));
    }

    // The cable is pulled for eleven minutes; what is sent in afterwards is above the limit.
    [Theory]
    [InlineData(11, true)]
    [InlineData(8, false)]
    public void An_exceedance_in_the_backfill_of_an_outage_is_a_rule_of_its_own(int minutesOut, bool alerts)
    {
        var site = new Site(Rulebook.Read(Rulebook.Rule("backfill", "backfill", Rulebook.Cod + "\"period\": \"minute\", \"outage\": \"00:10:00\", \"quiet\": \"00:05:00\"")));
        void Minute(double minute, double value, double? arrives, ReadingKind kind) => site.Send("MN1", Site.At(arrives ?? minute + 1), Site.Reading(value, Site.At(minute), kind));

        Minute(0, 60, null, ReadingKind.Minute); // live: another rule's matter
        Minute(1 + minutesOut, 10, null, ReadingKind.Minute);
        for (var again = 0; again < 2; again++)
            for (var minute = 1; minute <= minutesOut; minute++)
                Minute(minute, minute == 4 ? 80 : minute > 4 ? 70 : 10, minutesOut + 3, ReadingKind.Recalled);
        site.Tick(minutesOut + 9);

        Assert.Equal(alerts ? [EpisodePhase.Opened, EpisodePhase.Cleared] : [], site.Alerts.Select(a => a.Phase));
        if (alerts)
            Assert.Equal((true, Site.At(1), (uint)(minutesOut - 3), 80d),
                site.Alerts.Last() is var e ? (e.Retrospective, e.EpisodeStart.ToDateTimeOffset(), e.Count, e.WorstValue) : default);
    }

    [Fact]
    public void What_is_found_in_planned_maintenance_is_a_marked_device_state_and_begins_anew_after_it()
    {
        const string window = """
            "maintenance": [ { "stations": ["MN1"], "from": "2026-11-28T08:10:00+08:00", "to": "2026-11-28T08:20:00+08:00", "reason": "更换试剂", "approvedBy": "张工" } ],
            """;
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time"), window));

        site.Live(12, 60);
        site.Live(19, 60);
        site.Live(21, 60);

        Assert.Equal([(EpisodePhase.Opened, AlertKind.Device), (EpisodePhase.Cleared, AlertKind.Device), (EpisodePhase.Opened, AlertKind.Warning)],
            site.Alerts.Select(a => (a.Phase, a.Kind)));
        Assert.StartsWith("【计划检修】", site.Alerts.First().Title);
        Assert.Contains("更换试剂", site.Alerts.First().Description);
        Assert.NotEqual("", site.Alerts.First().ParentEpisodeId);
        Assert.Equal((Site.At(21), ""), (site.Alerts.Last().EpisodeStart.ToDateTimeOffset(), site.Alerts.Last().ParentEpisodeId));
    }
}
