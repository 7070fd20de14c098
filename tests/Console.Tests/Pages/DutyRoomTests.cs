using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Tests.Fake;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Pages;

public sealed class DutyRoomTests : IClassFixture<DutyRoomStack>
{
    private readonly DutyRoomStack _stack;

    public DutyRoomTests(DutyRoomStack stack)
    {
        _stack = stack;
        lock (_stack.World.Gate)
        {
            if (_stack.World.Alerts.Count == 0)
                River.Fill(_stack.World);
        }
    }

    [Fact]
    public async Task The_board_shows_alerts_oldest_first_with_severity_in_words()
    {
        var page = await _stack.OpenAsync("/");

        var worst = page.Locator("[data-alert=sand-1]");
        await Expect(worst).ToContainTextAsync("夜间疑似非法采砂");
        await Expect(worst).ToContainTextAsync("严重");
        var order = await page.Locator("[data-column=alerts] li.alert").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.alert)");
        Assert.Equal(["sand-1", "dump-1", "level-1", "dock-1"], order.Where(id => id is "sand-1" or "dump-1" or "level-1" or "dock-1"));
        await Expect(page.Locator("[data-station=station-01]")).ToContainTextAsync("9/14");
        await Expect(page.Locator("[data-station=gateway-07]")).ToContainTextAsync("无上报");
        await Expect(page.Locator("[data-column=arrived]")).ToContainTextAsync("已锚定");
        await Expect(page.Locator("[data-column=arrived]")).ToContainTextAsync("已入库");
        await Expect(page.Locator("[data-column=arrived]")).ToContainTextAsync("已隔离");
        await DutyRoomStack.LookAsync(page, "board");
    }

    [Fact]
    public async Task A_new_alert_appears_without_asking_and_its_age_ticks()
    {
        var page = await _stack.OpenAsync("/");
        _stack.World.AddAlert("live-1", "实时到达的告警", AlertSeverity.Warning, TimeSpan.Zero);

        var row = page.Locator("[data-alert=live-1]");
        await Expect(row).ToContainTextAsync("实时到达的告警");
        var age = await row.Locator(".age").InnerTextAsync();
        await Expect(row.Locator(".age")).Not.ToHaveTextAsync(age);
    }

    [Fact]
    public async Task An_alert_is_made_a_lead_with_one_key_and_a_reason()
    {
        _stack.World.AddAlert("lead-me", "键盘登记线索", AlertSeverity.Serious, TimeSpan.FromDays(3), place: "测试河段");
        var page = await _stack.OpenAsync("/");
        await page.Locator("[data-alert=lead-me]").ClickAsync();

        await page.Keyboard.PressAsync("l");
        await Expect(page.Locator("[data-triage=lead] input")).ToBeFocusedAsync();
        // Else Enter right behind the last letter would be lost while the circuit is slow.
        await Expect(page.Locator("[data-triage=lead] button[type=submit]")).ToBeEnabledAsync();
        await DutyRoomStack.LookAsync(page, "board-lead");
        await page.Keyboard.TypeAsync("两次出现，船号清晰");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[data-column=leads]")).ToContainTextAsync("键盘登记线索");
        await Expect(page.Locator("[data-alert=lead-me]")).ToHaveCountAsync(0);
        Assert.Contains("lead_registered lead-me 两次出现，船号清晰", _stack.World.Acts);
        // The next one is selected: the operator's hand stays where it is.
        await Expect(page.Locator("[data-column=alerts] li.alert.selected")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_alert_is_closed_with_a_digit_and_taken_back_with_u()
    {
        _stack.World.AddAlert("close-me", "键盘处置", AlertSeverity.Info, TimeSpan.FromDays(2));
        var page = await _stack.OpenAsync("/");
        await page.Locator("[data-alert=close-me]").ClickAsync();

        await page.Keyboard.PressAsync("c");
        await Expect(page.Locator("[data-triage=closing]")).ToContainTextAsync("转防汛");
        await DutyRoomStack.LookAsync(page, "board-close");
        await page.Keyboard.PressAsync("4");

        await Expect(page.Locator("[data-alert=close-me]")).ToHaveCountAsync(0);
        Assert.Contains("alert_closed close-me DeviceFault", _stack.World.Acts);

        // The row may leave by the feed before the act's own answer is here; what 'u' takes back is known with the notice.
        await Expect(page.Locator("[data-notice]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator("[data-alert=close-me]")).ToHaveCountAsync(1);
        Assert.Contains("alert_reopened close-me", _stack.World.Acts);
    }

    [Fact]
    public async Task J_and_k_move_the_selection_and_Enter_opens_the_alert()
    {
        var page = await _stack.OpenAsync("/");
        var rows = page.Locator("[data-column=alerts] li.alert");
        await rows.First.ClickAsync();

        await page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("k");
        await Expect(rows.First).ToHaveAttributeAsync("aria-selected", "true");
        var title = await rows.First.Locator(".title").InnerTextAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-column=alerts]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_conflict_says_what_changed_and_by_whom()
    {
        _stack.World.AddAlert("fought-over", "两人同时处置", AlertSeverity.Warning, TimeSpan.FromDays(1));
        var page = await _stack.OpenAsync("/");
        await page.Locator("[data-alert=fought-over]").ClickAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(page.Locator("[data-triage=closing]")).ToBeVisibleAsync();
        lock (_stack.World.Gate)
        {
            var detail = _stack.World.Alerts["fought-over"];
            (detail.Row.Version, detail.Row.State) = (2, AlertState.Acknowledged);
            detail.Timeline.Add(new TimelineItem { Kind = "alert_acknowledged", Actor = "李强", EntryIndex = 9 });
        }

        await page.Keyboard.PressAsync("1");

        var notice = page.Locator("[data-notice=Conflict]");
        await Expect(notice).ToContainTextAsync("李强");
        await Expect(notice).ToContainTextAsync("已确认");
        await Expect(page.Locator("[data-alert=fought-over]")).ToHaveCountAsync(0);
        Assert.DoesNotContain(_stack.World.Acts, act => act.StartsWith("alert_closed fought-over", StringComparison.Ordinal));
        await DutyRoomStack.LookAsync(page, "board-conflict");
    }

    [Fact]
    public async Task Nobody_acts_before_saying_who_they_are()
    {
        _stack.World.AddAlert("nobody", "无人操作", AlertSeverity.Info, TimeSpan.FromHours(9));
        var page = await _stack.OpenAsync("/", OperatorIdentity.Nobody);
        await page.Locator("[data-alert=nobody]").ClickAsync();

        await page.Keyboard.PressAsync("a");

        await Expect(page.Locator("[data-notice=NobodyActs]")).ToBeVisibleAsync();
        Assert.DoesNotContain(_stack.World.Acts, act => act.Contains("nobody", StringComparison.Ordinal));

        await page.Locator(".operator summary").ClickAsync();
        await page.FillAsync("input[name=operator-name]", "周敏");
        await page.FillAsync("input[name=operator-id]", "000117");
        await page.Locator(".operator button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-operator='000117']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_language_is_switched_in_the_header_and_kept()
    {
        var page = await _stack.OpenAsync("/");
        await Expect(page.Locator("[data-column=alerts] h2").First).ToHaveTextAsync("待确认告警");

        await page.Locator("[data-prefer=language]").ClickAsync();

        await Expect(page.Locator("[data-column=alerts] h2").First).ToHaveTextAsync("Unacknowledged alerts");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-column=alerts] h2").First).ToHaveTextAsync("Unacknowledged alerts");
        await page.Locator("[data-prefer=theme]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.Locator("[data-column=alerts] li.alert").First).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(page, "board-dark-en");
    }

    [Fact]
    public async Task A_lost_service_is_said_plainly_and_comes_back_by_itself()
    {
        var page = await _stack.OpenAsync("/");
        await Expect(page.Locator("[data-column=alerts] li.alert").First).ToBeVisibleAsync();

        await _stack.Service.StopAsync();
        await Expect(page.Locator("[data-feed=lost]")).ToBeVisibleAsync();
        // What was read stays on the screen.
        await Expect(page.Locator("[data-column=alerts] li.alert").First).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(page, "board-lost");

        _stack.World.AddAlert("after-loss", "中断期间到达", AlertSeverity.Serious, TimeSpan.FromMinutes(1));
        await _stack.Service.StartAsync();
        await Expect(page.Locator("[data-alert=after-loss]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-feed=lost]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_the_scrubber_found_is_an_alarm_on_every_page_until_it_is_mended()
    {
        var page = await _stack.OpenAsync("/media-items");
        _stack.World.Findings = 2;
        _stack.World.AddAlert("with-damage", "账本告警", AlertSeverity.Warning, TimeSpan.FromMinutes(1));

        await Expect(page.Locator("[data-feed=damaged]")).ToContainTextAsync("2 处不符");
        await DutyRoomStack.LookAsync(page, "damaged");
        _stack.World.Findings = 0;
        _stack.World.AddAlert("after-damage", "恢复", AlertSeverity.Warning, TimeSpan.FromMinutes(1));
        await Expect(page.Locator("[data-feed=damaged]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nothing_is_fetched_from_elsewhere()
    {
        var window = await (await _stack.OpenAsync("/")).Context.NewPageAsync();
        var foreign = new List<string>();
        var errors = new List<string>();
        window.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_stack.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                foreign.Add(request.Url);
        };
        window.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        await window.GotoAsync("/");
        await Expect(window.Locator("[data-column=alerts] li.alert").First).ToBeVisibleAsync();

        Assert.Empty(foreign);
        Assert.Empty(errors);
    }
}
