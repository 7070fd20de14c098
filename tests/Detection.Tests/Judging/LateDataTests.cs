namespace EdgeEnforcement.Detection.Tests.Judging;

/// <summary>DESIGN 4: late data make no live notice and change no live state, and are always evaluated.</summary>
public sealed class LateDataTests
{
    private readonly Site _site = new(Rulebook.Read(Rulebook.Threshold("minute")));

    private IReadOnlyList<Decision> Minute(double minute, double value, double? arrives = null, ReadingKind kind = ReadingKind.Minute) =>
        _site.Send("MN1", arrives is { } at ? Site.At(at) : null, Site.Reading(value, Site.At(minute), kind));

    // Age counts from the end of the period: the minute from 0 to 1 is ten minutes old at 11.
    [Theory]
    [InlineData(11, false)]
    [InlineData(11.01, true)]
    public void Late_is_older_than_ten_minutes_from_the_end_of_the_period(double arrives, bool late)
    {
        var alert = Assert.Single(Minute(0, 60, arrives)).Alert;

        Assert.Equal(late, alert.Retrospective);
        Assert.Equal(late, alert.Description.Contains("补传数据", StringComparison.Ordinal));
    }

    // Half an hour for an hour, a quarter of a day for a day: they are sent when the logger has computed them.
    [Theory]
    [InlineData("hour", ReadingKind.Hour, 60 + 30, false)]
    [InlineData("hour", ReadingKind.Hour, 60 + 30.01, true)]
    [InlineData("day", ReadingKind.Day, 1440 + 30, false)]
    [InlineData("day", ReadingKind.Day, 1440 + 360, false)]
    [InlineData("day", ReadingKind.Day, 1440 + 360.01, true)]
    [InlineData("real-time", ReadingKind.RealTime, 10, false)]
    [InlineData("real-time", ReadingKind.RealTime, 10.01, true)]
    public void Hours_and_days_have_longer(string period, ReadingKind kind, double arrives, bool late)
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold(period)));

        Assert.Equal(late, Assert.Single(site.Send("MN1", Site.At(arrives), Site.Reading(60, Site.At(0), kind))).Alert.Retrospective);
    }

    [Theory]
    [InlineData(ReadingKind.RealTime)]
    [InlineData(ReadingKind.Day)]
    public void A_clock_ahead_is_as_little_live_whatever_the_kind(ReadingKind kind)
    {
        Assert.True(Lateness.IsInTime(kind, Site.At(10), Site.At(0)));
        Assert.False(Lateness.IsInTime(kind, Site.At(10.01), Site.At(0)));
    }

    [Fact]
    public void An_hourly_record_is_not_late_because_it_bears_the_start_of_its_hour()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("hour")));

        Assert.False(Assert.Single(site.Send("MN1", Site.At(65), Site.Reading(60, Site.At(0), ReadingKind.Hour))).Alert.Retrospective);
    }

    [Fact]
    public void Late_readings_do_not_touch_the_live_episode()
    {
        Minute(30, 60);
        var open = _site.Said.Single().Alert;
        Minute(5, 10, arrives: 31.5, kind: ReadingKind.Recalled); // within the limit: would have ended it
        Assert.Single(_site.Said);

        var ended = Assert.Single(Minute(31, 10)).Alert;

        Assert.Equal((open.EpisodeId, EpisodePhase.Cleared, 1u, false), (ended.EpisodeId, ended.Phase, ended.Count, ended.Retrospective));
    }

    [Fact]
    public void A_recalled_run_is_one_retrospective_episode_that_ends()
    {
        Minute(0, 10);
        Minute(31, 10);
        for (var minute = 1; minute <= 20; minute++)
            Minute(minute, minute is >= 5 and < 15 ? 60 + minute : 10, arrives: 32, ReadingKind.Recalled);

        Assert.Equal([EpisodePhase.Opened, EpisodePhase.Cleared], _site.Alerts.Select(a => a.Phase));
        Assert.All(_site.Alerts, a => Assert.True(a.Retrospective));
        Assert.Equal((Site.At(5), 10u, 74d), (_site.Alerts.Last().EpisodeStart.ToDateTimeOffset(), _site.Alerts.Last().Count, _site.Alerts.Last().WorstValue));
    }

    [Fact]
    public void The_same_recall_twice_and_the_same_frame_twice_change_nothing()
    {
        Minute(31, 10);
        void Recall(double arrives)
        {
            for (var minute = 1; minute <= 20; minute++)
                Minute(minute, minute is >= 5 and < 15 ? 60 : 10, arrives, ReadingKind.Recalled);
        }

        Recall(32);
        Assert.Equal(2, _site.Said.Count);
        Recall(33);
        Assert.Equal(2, _site.Said.Count);

        Minute(40, 60);
        Minute(40, 60, arrives: 41.5);
        Minute(40, 60, arrives: 45);
        Assert.Equal((3, 1u), (_site.Said.Count, _site.Alerts.Last().Count));
    }

    [Fact]
    public void What_was_alarmed_live_is_not_told_again_when_it_is_recalled_unless_it_is_graver()
    {
        Minute(0, 60);
        Minute(1, 61);
        Minute(2, 10);
        Assert.Equal(2, _site.Said.Count);

        Minute(0, 60, arrives: 30, ReadingKind.Recalled);
        Minute(1, 61, arrives: 30, ReadingKind.Recalled);
        Minute(2, 10, arrives: 30, ReadingKind.Recalled);
        Assert.Equal(2, _site.Said.Count);

        Minute(1, 95, arrives: 40, ReadingKind.Recalled);
        var graver = Assert.Single(_site.Said.Skip(2)).Alert;
        Assert.Equal((true, 95d, _site.Said[0].Alert.EpisodeId), (graver.Retrospective, graver.WorstValue, graver.ParentEpisodeId));
    }

    [Fact]
    public void Out_of_order_within_ten_minutes_is_judged_apart_too()
    {
        Minute(5, 10);
        var alert = Assert.Single(Minute(3, 60, arrives: 6.5)).Alert;

        Assert.True(alert.Retrospective);
        Assert.Empty(Minute(6, 10));
    }

    // A station whose clock is a day ahead must not silence the day that follows.
    [Fact]
    public void A_clock_that_is_ahead_does_not_close_the_live_lane()
    {
        var ahead = Assert.Single(Minute(24 * 60, 60, arrives: 1)).Alert;
        Assert.True(ahead.Retrospective);

        Assert.False(Assert.Single(Minute(2, 60)).Alert.Retrospective);
    }

    [Fact]
    public void A_run_of_late_data_that_stops_above_the_limit_is_ended_by_time()
    {
        Minute(0, 60, arrives: 20);
        Assert.Empty(_site.Tick(29));

        var ended = Assert.Single(_site.Tick(30)).Alert;

        Assert.Equal((EpisodePhase.Cleared, true), (ended.Phase, ended.Retrospective));
        Assert.Contains("补传数据止于此", ended.Description);
        Assert.Empty(_site.Tick(60));
    }

    [Fact]
    public void Hold_is_asked_of_late_data_as_of_live_ones()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("minute", "\"hold\": \"00:05:00\"")));
        for (var minute = 0; minute < 4; minute++)
            site.Send("MN1", Site.At(60), Site.Reading(60, Site.At(minute), ReadingKind.Minute));
        Assert.Empty(site.Said);
        site.Send("MN1", Site.At(60), Site.Reading(60, Site.At(4), ReadingKind.Minute));
        Assert.Equal((Site.At(0), 5u), (site.Alerts.Single().EpisodeStart.ToDateTimeOffset(), site.Alerts.Single().Count));
    }
}
