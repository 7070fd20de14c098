using EdgeEnforcement.Detection;
using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Tests.Hosting;

public sealed class StatusTableTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 28, 8, 0, 0, TimeSpan.Zero);

    private static readonly AgentSnapshot Bays = new(
        "dock-test", "1", 1, "not connected: [refused]", [], 3, 0, 2, 1, 1, 40,
        [BaySnapshot.Empty(1), BaySnapshot.Empty(2) with { Recorder = "TA00716", State = "reading", Remark = "[odd]" }],
        new Dictionary<string, string> { ["ledger"] = "[changed]" });

    private static readonly OutletSnapshot Connected = new(
        "MN1", "总排口", "127.0.0.1:40112", At, new Dictionary<string, DateTimeOffset> { ["hour"] = At, ["minute"] = At.AddMinutes(50) }, "w01018=M",
        "hour 2026-11-28 08:00 to 2026-11-28 12:00", -3.2, IsListed: true);

    private static readonly OutletSnapshot Silent = new("MN2", "2号[排口]", "", At, new Dictionary<string, DateTimeOffset>(), "N", "", null, IsListed: true);

    private static readonly OutletSnapshot Stranger = new("MN3", "", "", null, new Dictionary<string, DateTimeOffset>(), "", "", null, IsListed: false);

    private static readonly DetectionSnapshot Rules = new(
        "outlets", "7", "aa", 12, 24, 0, 1, 5, ["line 3: id: must be a text"], "/etc/rules.json", 1,
        [new OpenEpisode("0123456789abcdef", "MN1", "cod-hour", "COD 小时均值预警", At, 4, Retrospective: true)]);

    private static readonly AgentSnapshot All = Bays with { Outlets = [Connected, Silent, Stranger], Detection = Rules };

    private static string Write(AgentSnapshot snapshot, StatusWords words, IReadOnlyList<string>? rates = null)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = 240;
        console.Write(StatusTable.Render(snapshot, words, rates));
        return written.ToString();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_bay_has_its_row_and_a_live_view_its_rate(bool live)
    {
        var text = Write(Bays, StatusWords.English, live ? ["", "12.5 MB/s"] : null);

        Assert.All(["TA00716", "reading", "[odd]", "not connected: [refused]", "ledger: [changed]"], part => Assert.Contains(part, text));
        Assert.Equal(live, text.Contains("12.5 MB/s", StringComparison.Ordinal));
        Assert.DoesNotContain("HJ 212", text);
    }

    [Fact]
    public void Stations_and_detection_are_shown_in_english()
    {
        var text = Write(All, StatusWords.English);

        Assert.All(
            [
                "总排口", "connected from 127.0.0.1:40112", "minute 2026-11-28 16:50  hour 2026-11-28 16:00", "w01018=M", "hour 2026-11-28 08:00 to 2026-11-28 12:00", "-3 s",
                "2号[排口]", "silent since 2026-11-28 16:00", "not on the list", "never heard", "3/3 shown  2 not connected",
                "outlets 7  12 rules  1 open episodes  1 held back", "cod-hour", "2026-11-28 16:00 late data", "0123456789ab",
                "RULE FILE REFUSED, the rules before stay: /etc/rules.json: line 3: id: must be a text",
            ],
            part => Assert.Contains(part, text));
    }

    [Fact]
    public void Stations_and_detection_are_shown_in_chinese()
    {
        var text = Write(All, StatusWords.Of("zh_CN.UTF-8"));

        Assert.All(
            [
                "采集位", "读取中", "HJ 212 站点", "已连接 127.0.0.1:40112", "分钟 2026-11-28 16:50  小时 2026-11-28 16:00", "失联，最后报文 2026-11-28 16:00", "未登记", "从未收到报文",
                "outlets 7  12 条规则  1 个未结束告警", "补传", "规则文件被拒绝，原规则继续生效: /etc/rules.json",
            ],
            part => Assert.Contains(part, text));
        Assert.DoesNotContain("silent", text);
    }

    [Fact]
    public void Of_many_stations_the_silent_ones_are_shown()
    {
        var many = Enumerable.Range(0, 100).Select(n => Connected with { Mn = $"MN-{n:D3}", Remote = n == 77 ? "" : Connected.Remote });

        var text = Write(Bays with { Outlets = [.. many] }, StatusWords.English);

        Assert.Contains("MN-077", text);
        Assert.Contains("40/100 shown  1 not connected", text);
    }

    [Fact]
    public void A_pipe_gets_a_line_for_each()
    {
        var lines = StatusTable.Lines(All).ToList();

        Assert.Contains(
            "outlet mn=MN1 name=\"总排口\" listed=yes remote=\"127.0.0.1:40112\" heard=2026-11-28T08:00:00Z hour=2026-11-28T08:00:00Z minute=2026-11-28T08:50:00Z"
            + " flags=\"w01018=M\" recall=\"hour 2026-11-28 08:00 to 2026-11-28 12:00\" clock_offset=-3.2", lines);
        Assert.Contains("outlet mn=MN3 name=\"\" listed=no remote=\"\" heard=- flags=\"\" recall=\"\" clock_offset=-", lines);
        Assert.Contains("detection rule_set=\"outlets\" version=\"7\" rules=12 watches=24 unread=0 held=1 decided=5 open=1 refused_errors=1", lines);
        Assert.Contains("refused file=\"/etc/rules.json\" error=\"line 3: id: must be a text\"", lines);
        Assert.Contains("episode id=0123456789abcdef station=MN1 rule=cod-hour since=2026-11-28T08:00:00Z count=4 retrospective=yes", lines);
    }
}
