using System.Globalization;

namespace EdgeEnforcement.OutletSimulator.Tests;

/// <summary>What goes over the wire. HostSide checks length, CRC and grammar of every frame.</summary>
public sealed class DataLoggerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static Station Outlet(params Incident[] incidents) => Station.Outlet(1, incidents);

    private static Incident Incident(IncidentKind kind, double startMinute) => new(kind, 1, HostSide.Start.AddMinutes(startMinute), Speed: 1);

    private static string Time(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static string Range(DateTimeOffset begin, DateTimeOffset end) => $"BeginTime={Time(begin)},EndTime={Time(end)}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_factor_has_its_value_and_its_flag_in_a_frame_that_holds(bool air)
    {
        var station = air ? Station.Air(3, []) : Outlet();
        await using var host = new HostSide(station);
        await host.ConnectedAsync();

        var heard = await host.HearAsync(2011);

        Assert.Equal((station.Mn, air ? "22" : "32", "5", HostSide.Password), (heard.Head["MN"], heard.Head["ST"], heard.Head["Flag"], heard.Head["PW"]));
        Assert.Equal(17, heard.Qn.Length);
        Assert.Equal(1 + (2 * station.Factors.Count), heard.Fields.Count);
        Assert.All(station.Factors, f => Assert.Equal((true, "N"), (heard.Value(f.Code + "-Rtd") >= 0, heard.Fields[f.Code + "-Flag"])));
    }

    [Fact]
    public async Task Minutes_come_one_after_the_other_and_bear_their_beginning()
    {
        await using var host = new HostSide(Outlet());
        await host.ConnectedAsync();

        var first = await host.HearAsync(2051);
        var second = await host.HearAsync(2051);
        var third = await host.HearAsync(2051);

        Assert.Equal((0, first.DataTime + Minute, second.DataTime + Minute), (first.DataTime.Second, second.DataTime, third.DataTime));
        Assert.True(first.DataTime + Minute > HostSide.Start, "a minute that had ended before the logger was there");
        Assert.True(first.Value("w01018-Min") <= first.Value("w01018-Avg") && first.Value("w01018-Avg") <= first.Value("w01018-Max"));
    }

    [Fact]
    public async Task History_is_sent_at_the_first_connection_hours_and_minutes()
    {
        await using var host = new HostSide(Outlet(), historyHours: 2);
        await host.ConnectedAsync();

        var hours = new[] { await host.HearAsync(2061), await host.HearAsync(2061) };
        var minute = await host.HearAsync(2051);

        Assert.Equal([HostSide.Start.AddHours(-2), HostSide.Start.AddHours(-1)], hours.Select(h => h.DataTime));
        Assert.Equal(HostSide.Start.AddHours(-2), minute.DataTime);
    }

    [Fact]
    public void A_discharge_is_high_under_flag_N_and_maintenance_under_M()
    {
        var discharging = Outlet(Incident(IncidentKind.NightDischarge, 0)).RealTimeArea(HostSide.Start.AddMinutes(20));
        var maintained = Outlet(Incident(IncidentKind.Maintenance, 0)).PeriodArea(HostSide.Start.AddMinutes(20) - Minute, Minute * 2);
        var afterwards = Outlet(Incident(IncidentKind.NightDischarge, 0)).RealTimeArea(HostSide.Start.AddMinutes(40));

        var (high, odd, normal) = (Parse(discharging), Parse(maintained), Parse(afterwards));
        Assert.True(high.Value("w01018-Rtd") > 100 && normal.Value("w01018-Rtd") < 50, discharging + afterwards);
        Assert.Equal(("N", "N", "M", "N"), (high.Fields["w01018-Flag"], high.Fields["w00000-Flag"], odd.Fields["w01018-Flag"], odd.Fields["w00000-Flag"]));
        Assert.True(odd.Value("w01018-Max") > 100, maintained);
    }

    [Fact]
    public async Task What_a_pulled_cable_cut_off_is_not_sent_afterwards_and_comes_when_it_is_asked_for()
    {
        var cable = Incident(IncidentKind.CablePulled, 1);
        await using var host = new HostSide(Outlet(cable));
        await host.ConnectedAsync();
        while (await host.HearAsync() is { } before)
            Assert.True(before.Cn is 2011 or 2051, $"{before.Cn} {before.Area}");
        Assert.True(host.Time.GetUtcNow() >= cable.Start);

        await host.ConnectedAsync();
        Assert.True(host.Time.GetUtcNow() >= cable.End, "it came back too early");
        Assert.True((await host.HearAsync(2051)).DataTime > cable.End - Minute, "a minute of the outage came by itself");

        var answers = await host.AskAsync(2051, Range(cable.Start, cable.End.AddSeconds(-1)));

        Assert.Equal((9011, "QnRtn=1", 9012, "ExeRtn=1"), (answers[0].Cn, answers[0].Area, answers[^1].Cn, answers[^1].Area));
        var rows = answers.Skip(1).SkipLast(1).ToList();
        Assert.Equal(Enumerable.Range(0, 11).Select(n => cable.Start + (Minute * n)), rows.Select(r => r.DataTime));
        Assert.Equal([2, 3, 4, 5, 6, 7], rows.Index().Where(r => r.Item.Value("w01018-Avg") > 100).Select(r => r.Index));
    }

    [Fact]
    public async Task The_host_is_answered_refused_and_told_of_each_bottle()
    {
        await using var host = new HostSide(Outlet());
        await host.ConnectedAsync();

        Assert.Equal((9011, "QnRtn=3"), Assert.Single(await host.AskAsync(3015, "", password: "wrong")) is var a ? (a.Cn, a.Area) : default);
        Assert.Equal((9011, "QnRtn=8"), Assert.Single(await host.AskAsync(3012, "")) is var b ? (b.Cn, b.Area) : default);
        foreach (var bottle in new[] { "1", "2" })
        {
            var kept = await host.AskAsync(3015, "");
            Assert.Equal([9011, 3015, 9012], kept.Select(k => k.Cn));
            Assert.Equal(bottle, kept[1].Fields["VaseNo"]);
        }
        Assert.Equal("ExeRtn=100", (await host.AskAsync(2061, Range(HostSide.Start.AddHours(5), HostSide.Start.AddHours(6))))[^1].Area);
        Assert.Equal("QnRtn=8", (await host.AskAsync(2061, "BeginTime=never"))[0].Area);
    }

    [Fact]
    public async Task A_clock_that_the_host_sets_is_the_one_it_sends_by()
    {
        await using var host = new HostSide(Outlet());
        await host.ConnectedAsync();
        var set = HostSide.Start.AddHours(2);

        Assert.Equal("ExeRtn=1", (await host.AskAsync(1012, "SystemTime=" + Time(set)))[^1].Area);

        var told = (await host.AskAsync(1011, ""))[1];
        Assert.True(string.CompareOrdinal(told.Fields["SystemTime"], Time(set)) >= 0, told.Area);
    }

    private static HostSide.Heard Parse(string area) => HostSide.Heard.Parse($"QN=1;CN=2011;CP=&&{area}&&");
}
