using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Fake;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Pages;

public sealed class CaseRoomTests : IClassFixture<DutyRoomStack>
{
    private readonly DutyRoomStack _stack;

    public CaseRoomTests(DutyRoomStack stack)
    {
        _stack = stack;
        lock (_stack.World.Gate)
        {
            if (_stack.World.Alerts.Count == 0)
                River.Fill(_stack.World);
        }
    }

    [Fact]
    public async Task Each_item_says_why_it_is_attached()
    {
        var page = await _stack.OpenAsync($"/cases/{Uri.EscapeDataString("渝水案〔2026〕31号")}");

        var evidence = page.Locator("[data-evidence]");
        await Expect(evidence).ToHaveCountAsync(2);
        await Expect(evidence.First).ToContainTextAsync("采集时填写案号");
        await Expect(evidence.Nth(1)).ToContainTextAsync("办案人员与时段重合");
        await Expect(evidence.Nth(1)).ToContainTextAsync("重合 00:04:10");
        await DutyRoomStack.LookAsync(page, "case");
    }

    [Fact]
    public async Task An_item_is_attached_with_a_reason_and_detached_with_another()
    {
        var media = _stack.World.AddMedia("DCIM/ATTACH_ME.MP4", [1, 2, 3], MediaKind.Video, MediaState.Stored);
        var id = _stack.World.AddCase("附件案1", "附入与移出");
        var page = await _stack.OpenAsync($"/cases/{Uri.EscapeDataString(id)}");

        await page.Locator("[data-act=attach]").ClickAsync();
        await page.Locator($"[data-panel=attach] input[value='{media}']").CheckAsync();
        await page.FillAsync("input[name=attach-reason]", "同一现场");
        await DutyRoomStack.LookAsync(page, "case-attach");
        await page.Locator("[data-panel=attach] button[type=submit]").ClickAsync();
        var item = page.Locator($"[data-evidence='{media}']");
        await Expect(item).ToContainTextAsync("人工附入");
        await Expect(item).ToContainTextAsync("同一现场");

        await item.Locator("[data-act=detach]").ClickAsync();
        await page.FillAsync("input[name=detach-reason]", "误附");
        await page.Locator("[data-panel=detach] button[type=submit]").ClickAsync();
        await Expect(item).ToHaveCountAsync(0);
        Assert.Contains("media_detached 误附", _stack.World.Acts);
    }

    [Fact]
    public async Task A_case_is_opened_from_a_lead()
    {
        var page = await _stack.OpenAsync("/");
        await page.Locator("[data-open-case='L-lead-1']").ClickAsync();
        await Expect(page.Locator("input[name=case-title]")).ToBeFocusedAsync();
        await page.FillAsync("input[name=case-officers]", "000117，000203");
        await DutyRoomStack.LookAsync(page, "open-case");
        await page.Locator("[data-dialog=open-case] button[type=submit]").ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("排污口氨氮连续三小时超标");
        Assert.Contains(_stack.World.Acts, act => act.StartsWith("case_opened 排污口氨氮连续三小时超标 000117+000203", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_that_was_given_up_is_tried_again_although_nothing_happens()
    {
        await _stack.OpenAsync("/"); // the feed is there, and has nothing more to say
        lock (_stack.World.Gate)
            _stack.World.BusyCaseLists = 2;
        var page = await _stack.OpenAsync("/cases");

        await Expect(page.Locator("[data-list=cases]")).ToContainTextAsync("磁器口段非法采砂案");
        await Expect(page.Locator("[data-trouble]")).ToHaveCountAsync(0);
        Assert.True(_stack.World.BusyCaseLists < 0, "the list was asked for a third time");
    }

    [Fact]
    public async Task The_lists_keep_their_state_in_the_address()
    {
        var page = await _stack.OpenAsync("/alerts?state=Lead");
        await Expect(page.Locator("[data-list=alerts] tbody tr")).ToHaveCountAsync(1);
        await DutyRoomStack.LookAsync(page, "alerts");
        for (var alert = 0; alert < 55; alert++)
            _stack.World.AddAlert($"many-{alert}", $"第 {alert} 条", AlertSeverity.Info, TimeSpan.FromDays(30 + alert));

        await page.Locator(".filters a").First.ClickAsync();
        await Expect(page.Locator("[data-list=alerts] tbody tr")).ToHaveCountAsync(50);
        await page.Locator("[data-page=older]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/alerts\?page=50$"));
        await Expect(page.Locator("[data-list=alerts] tbody")).ToContainTextAsync("第 54 条");

        await page.GotoAsync("/media-items");
        await Expect(page.Locator("[data-list=media]")).ToContainTextAsync("DSJ000231_000117_20261121_201402.MP4");
        await DutyRoomStack.LookAsync(page, "media-items");
        await page.GotoAsync("/cases");
        await Expect(page.Locator("[data-list=cases]")).ToContainTextAsync("磁器口段非法采砂案");
    }
}
