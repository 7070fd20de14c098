using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class PlacesRoomTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    [Fact]
    public async Task A_year_is_shown_as_months_with_days_off_and_make_up_days()
    {
        var page = await stack.OpenAsync("/registers/calendars?year=2026");

        await Expect(page.Locator("[data-month]")).ToHaveCountAsync(12);
        await Expect(page.Locator("td.off")).ToHaveCountAsync(33);
        await Expect(page.Locator("td.made")).ToHaveCountAsync(6);
        await Expect(page.Locator("[data-day='2026-10-10']")).ToHaveTextAsync("10班");
        await Expect(page.Locator("[data-day='2026-10-01']")).ToHaveTextAsync("1休");
        await DutyRoomStack.LookAsync(page, "register-calendar");

        await page.Locator("[data-year-go=later]").ClickAsync();
        await Expect(page.Locator("[data-calendar=missing]")).ToContainTextAsync("暂定");
        await Expect(page.Locator("td.off")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Territories_are_drawn_and_chosen_in_the_drawing()
    {
        var page = await stack.OpenAsync("/registers/territories");
        await Expect(page.Locator("figure.map")).ToHaveAttributeAsync("data-territories", "4");

        await page.Locator("path[data-territory=chaotianmen]").ClickAsync();
        await Expect(page.Locator("[data-chosen=chaotianmen]")).ToContainTextAsync("500103002");
        await DutyRoomStack.LookAsync(page, "register-territories");
    }

    [Fact]
    public async Task The_pages_speak_English_too()
    {
        var page = await stack.OpenAsync("/registers/calendars?year=2026", language: "c%3Den%7Cuic%3Den");
        await Expect(page.Locator("h1")).ToContainTextAsync("Calendars");
        await Expect(page.Locator("[data-day='2026-10-10']")).ToHaveTextAsync("10wk");
        await page.GotoAsync("/registers/devices/cod-01");
        await Expect(page.Locator("[data-panel=admission] h2")).ToHaveTextAsync("Admission over time");
        await DutyRoomStack.LookAsync(page, "register-device-en");
    }
}
