using System.Text.RegularExpressions;
using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Fake;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Pages;

public sealed class StationRoomTests : IClassFixture<DutyRoomStack>
{
    private readonly DutyRoomStack _stack;

    public StationRoomTests(DutyRoomStack stack)
    {
        _stack = stack;
        lock (_stack.World.Gate)
        {
            if (_stack.World.Stations.All.Count == 0)
                _stack.World.Stations.Fill(_stack.World);
        }
    }

    [Fact]
    public async Task The_list_shows_latest_values_with_their_flags_and_open_alerts()
    {
        var page = await _stack.OpenAsync("/stations");

        var row = page.Locator($"[data-station='{FakeStations.Outlet}']");
        await Expect(row).ToContainTextAsync("化学需氧量 w01018");
        await Expect(row).ToContainTextAsync("31.42");
        await Expect(row).ToContainTextAsync("M 维护");
        await Expect(row).ToContainTextAsync("较重");
        await Expect(row).ToContainTextAsync("溉澜溪排口");
        await DutyRoomStack.LookAsync(page, "stations");
        await page.FillAsync("input[name=search]", "no such");
        await page.Locator("[data-form=search] button[type=submit]").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_chart_shows_the_limit_the_episode_other_flags_and_late_data()
    {
        var page = await OpenStationAsync("factor=w01018&kind=Minute&unit=mg/L&days=1");

        await Expect(page.Locator("figure.chart")).ToHaveAttributeAsync("data-source", "readings");
        await Expect(page.Locator("[data-limit='wwtp.cod']")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-list=limits]")).ToContainTextAsync("GB 18918-2002");
        await Expect(page.Locator("[data-episode=cod-night]")).ToHaveCountAsync(1);
        Assert.Equal(42, Regex(await page.Locator("path.not-counted").GetAttributeAsync("d"), "M"));
        Assert.Equal(12, Regex(await page.Locator("path.late").GetAttributeAsync("d"), "M"));
        await page.Locator("[data-list=points] summary").ClickAsync();
        await Expect(page.Locator("[data-list=points] tbody tr")).ToHaveCountAsync(300);
        await page.Locator("[data-list=points] summary").ClickAsync();
        await Expect(page.Locator("[data-list=happenings]")).ToContainTextAsync("箱门");
        await DutyRoomStack.LookAsync(page, "station");
    }

    [Fact]
    public async Task A_year_is_a_few_hundred_points_and_the_range_is_in_the_address()
    {
        var page = await OpenStationAsync("factor=w01018&kind=Minute&unit=mg/L&days=1");

        await page.Locator("[data-days='365']").ClickAsync();

        await Expect(page.Locator("figure.chart")).ToHaveAttributeAsync("data-source", "hour");
        Assert.Contains("days=365", page.Url, StringComparison.Ordinal);
        var points = int.Parse((await page.Locator("figure.chart").GetAttributeAsync("data-points"))!, CultureInfo.InvariantCulture);
        Assert.InRange(points, 500, 1500);
        Assert.NotEmpty((await page.Locator("path.band").GetAttributeAsync("d"))!);
        await DutyRoomStack.LookAsync(page, "station-year");
    }

    [Fact]
    public async Task A_stretch_drawn_with_the_pointer_is_looked_at_closer()
    {
        var page = await OpenStationAsync("factor=w01018&kind=Minute&unit=mg/L&days=1");
        await Expect(page.Locator("figure.chart")).ToHaveAttributeAsync("data-source", "readings");
        var before = await page.Locator("input[name=range-from]").InputValueAsync();
        var box = (await page.Locator("figure.chart svg").BoundingBoxAsync())!;

        // The circuit hears the pointer once the page's script has run after the first drawing.
        await Expect(page.Locator("figure.chart[data-choosing=on]")).ToHaveCountAsync(1);
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.5f), box.Y + 100);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.6f), box.Y + 100);
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + 100);
        await page.Mouse.UpAsync();

        await Expect(page).ToHaveURLAsync(new Regex("from="));
        await Expect(page.Locator("input[name=range-from]")).Not.ToHaveValueAsync(before);
        lock (_stack.World.Gate)
        {
            var asked = _stack.World.Stations.Asked[^1];
            Assert.InRange((asked.To.ToDateTimeOffset() - asked.From.ToDateTimeOffset()).TotalHours, 5, 8);
        }
        await DutyRoomStack.LookAsync(page, "station-closer");
    }

    [Fact]
    public async Task A_custom_range_is_typed_in_civil_time()
    {
        var page = await OpenStationAsync("factor=w01018&kind=Minute&unit=mg/L&days=7");
        await page.FillAsync("input[name=range-from]", "2026-11-01T08:00");
        await page.FillAsync("input[name=range-to]", "2026-11-01T10:00");
        await page.Locator("[data-form=range] button[type=submit]").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("from=2026-11-01T08:00:00"));
        await Expect(page.Locator("[data-days='7']")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(page.Locator("figure.chart")).ToHaveAttributeAsync("data-points", "120");
        lock (_stack.World.Gate)
            Assert.Equal(DateTimeOffset.Parse("2026-11-01T08:00:00+08:00", CultureInfo.InvariantCulture), _stack.World.Stations.Asked[^1].From.ToDateTimeOffset());
    }

    [Fact]
    public async Task An_alert_says_in_words_and_numbers_why_it_was_opened()
    {
        var page = await _stack.OpenAsync("/alerts/cod-night");

        var basis = page.Locator("[data-basis='90100']");
        await Expect(basis.Locator("[data-explanation]")).ToContainTextAsync("连续 3 个周期高于 50 mg/L");
        await Expect(basis).ToContainTextAsync("高于");
        await Expect(basis.Locator("[data-source]")).ToContainTextAsync("GB 18918-2002");
        await Expect(basis.Locator("[data-list=quoted] tbody tr")).ToHaveCountAsync(3);
        await Expect(basis).ToContainTextAsync("gateway-07/2/P2/88120");
        await Expect(basis).ToContainTextAsync(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([0])));
        await Expect(basis).ToContainTextAsync("中间 118 条");
        await DutyRoomStack.LookAsync(page, "alert-basis");
        await basis.Locator("[data-act=chart]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/stations/."));
        await Expect(page.Locator("[data-episode=cod-night]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_station_that_never_sent_is_said_to_be_unknown()
    {
        var page = await _stack.OpenAsync("/stations/nobody");
        await Expect(page.Locator("[data-trouble=NotFound]")).ToBeVisibleAsync();
    }

    private static int Regex(string? path, string what) => System.Text.RegularExpressions.Regex.Count(path ?? "", what);

    private async Task<Microsoft.Playwright.IPage> OpenStationAsync(string query)
    {
        var page = await _stack.OpenAsync($"/stations/{FakeStations.Outlet}?{query}");
        await Expect(page.Locator("h1 .mono")).ToHaveTextAsync(FakeStations.Outlet);
        return page;
    }
}
