using EdgeEnforcement.OperatorConsole.Tests.Fake;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Pages;

public sealed class DevicesRoomTests : IClassFixture<DutyRoomStack>
{
    private readonly DutyRoomStack _stack;

    public DevicesRoomTests(DutyRoomStack stack)
    {
        _stack = stack;
        lock (_stack.World.Gate)
        {
            if (_stack.World.Devices.Count == 0)
                Riverside.Fill(_stack.World);
        }
    }

    [Fact]
    public async Task Devices_show_how_they_stand_why_and_since_when_and_lead_to_their_alert()
    {
        var page = await _stack.OpenAsync("/devices");

        await Expect(page.Locator("[data-device=sl651-0012]")).ToContainTextAsync("在线");
        await Expect(page.Locator("[data-device=cam-river-07]")).ToContainTextAsync("疑似离线");
        await Expect(page.Locator("[data-device=cam-river-07]")).ToContainTextAsync("1.5 倍保活间隔");
        await Expect(page.Locator("[data-device=outlet-31]")).ToContainTextAsync("{\"door\":\"open\"");
        await Expect(page.Locator("[data-device=patrol-car-02]")).ToContainTextAsync("主动下线");
        await DutyRoomStack.LookAsync(page, "devices");
        await page.Locator("[data-device=gate-a] a").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("闸坝-07");
    }

    [Fact]
    public async Task A_filter_shows_one_state_with_its_number_in_both_languages()
    {
        var page = await _stack.OpenAsync("/devices", language: "c%3Den%7Cuic%3Den");
        await page.Locator(".filters a", new() { HasText = "offline" }).ClickAsync();

        await Expect(page.Locator("[data-list=devices] tbody tr")).ToHaveCountAsync(5);
        await Expect(page.Locator(".filters a.chosen")).ToHaveTextAsync("offline 5");
        await Expect(page.Locator("[data-device=gate-a]")).ToContainTextAsync("link lost");
        await DutyRoomStack.LookAsync(page, "devices-en");
    }

    [Fact]
    public async Task The_board_counts_devices_and_leads_to_those_that_are_lost()
    {
        var page = await _stack.OpenAsync("/");
        var card = page.Locator("[data-station=presence]");
        await Expect(card).ToContainTextAsync("在线 2");
        await Expect(card).ToContainTextAsync("疑似离线 1");
        await DutyRoomStack.LookAsync(page, "board-presence");

        await card.Locator("a.bad").ClickAsync();

        await Expect(page.Locator("[data-device=gate-b]")).ToBeVisibleAsync();
    }
}
