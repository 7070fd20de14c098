namespace EdgeEnforcement.Detection.Tests.Judging;

/// <summary>HJ 212: only flag N may start a violation; all others make a device-state event (device-protocols 1.4, D21).</summary>
public sealed class QualityTests
{
    [Theory]
    [InlineData("F")]
    [InlineData("M")]
    [InlineData("S")]
    [InlineData("D")]
    [InlineData("C")]
    [InlineData("T")]
    [InlineData("B")]
    [InlineData("X")]
    [InlineData("")]
    public void Only_N_starts_a_violation_everything_else_is_a_device_state(string flag)
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("day", judges: "violation")));

        site.Send(Site.Reading(312, Site.At(0), ReadingKind.Day, quality: flag));

        var alert = Assert.Single(site.Alerts);
        Assert.Equal((AlertKind.Device, "quality-flag", EpisodePhase.Opened), (alert.Kind, alert.Rule, alert.Phase));
        Assert.Contains(flag.Length == 0 ? "未带数据标记" : $"数据标记 {flag}", alert.Description);
        Assert.Equal(312, Assert.Single(alert.Basis.Readings).Reading.Value);
    }

    [Fact]
    public void Without_a_flag_it_may_warn_but_not_accuse()
    {
        var warns = new Site(Rulebook.Read(Rulebook.Threshold("real-time")));

        Assert.Equal(AlertKind.Warning, Assert.Single(warns.Live(1, 60, quality: "")).Alert.Kind);
        Assert.Contains(warns.Live(2, 60, quality: "M"), d => d.Alert.Rule == "quality-flag");
    }

    [Fact]
    public void The_device_state_ends_with_the_first_good_reading_and_counts()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time")));

        site.Live(1, 300, quality: "M");
        site.Live(2, 310, quality: "M");
        site.Live(3, 20);

        Assert.Equal([("quality-flag", EpisodePhase.Opened), ("quality-flag", EpisodePhase.Cleared)], site.Story);
        Assert.Equal((2u, 310d), (site.Alerts.Last().Count, site.Alerts.Last().WorstValue));
    }

    [Fact]
    public void A_flagged_reading_neither_prolongs_nor_ends_an_episode()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time", "\"hold\": \"00:02:00\"")));

        site.Live(1, 60);
        site.Live(2, 5, quality: "D");
        site.Live(3, 60);
        site.Live(4, 5, quality: "D");

        Assert.Equal(1, site.Alerts.Count(a => a.Rule == "cod"));
        Assert.Equal(2u, site.Alerts.Single(a => a.Rule == "cod").Count);
    }

    [Fact]
    public void Another_unit_is_not_compared_and_said()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time")));

        var alert = Assert.Single(site.Live(1, 60_000, unit: "ug/L")).Alert;

        Assert.Equal("quality-flag", alert.Rule);
        Assert.Contains("单位为 ug/L", alert.Description);
    }

    [Fact]
    public void A_reading_without_a_value_is_said()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("real-time")));

        Assert.Contains("没有可读的数值", Assert.Single(site.Send(Site.Reading(null, Site.At(1)))).Alert.Description);
    }
}
