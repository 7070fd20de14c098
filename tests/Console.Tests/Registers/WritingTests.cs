using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

/// <summary>The one form of all registers, in the register it is used for: written, seen, refused, ended.</summary>
public sealed class WritingTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    [Fact]
    public async Task An_item_is_written_with_the_law_it_rests_on_and_then_ended()
    {
        var page = await stack.OpenAsync("/registers/list/items");
        await page.Locator("[data-act=new]").ClickAsync();
        await page.FillAsync("input[name=id]", "noise");
        await page.FillAsync("input[name=name]", "夜间施工噪声扰民的处罚");
        await page.SelectOptionAsync("select[name=domain]", "environment");
        await page.FillAsync("input[name='basis[0].law']", "中华人民共和国噪声污染防治法");
        await page.FillAsync("input[name='basis[0].article']", "第七十七条");
        await page.FillAsync("input[name=from_day]", DistrictWorld.Day(0));
        await SaveAsync(page, "new", "权责清单调整");

        await Expect(page.Locator("[data-chosen=noise] [data-fact=basis]")).ToContainTextAsync("第七十七条");
        await Expect(page.Locator("[data-subject=noise]")).ToContainTextAsync("环境");
        await DutyRoomStack.LookAsync(page, "register-items");

        await page.Locator("[data-act=end]").ClickAsync();
        await SaveAsync(page, "end", "清单取消");
        await Expect(page.Locator("[data-chosen=noise] h2 .tag.bad")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list=history] li")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-subject=noise]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_delegation_by_who_cannot_delegate_is_refused_and_what_was_typed_stays()
    {
        var page = await stack.OpenAsync("/registers/list/grants?unit=town");
        await page.Locator("[data-act=new]").ClickAsync();
        await page.FillAsync("input[name=id]", "g-town-2");
        await Expect(page.Locator("select[name=unit_id]")).ToHaveValueAsync("town");
        await page.CheckAsync("input[name=item_ids][value=outlet]");
        await page.SelectOptionAsync("select[name=basis]", "Delegated");
        await page.SelectOptionAsync("select[name=delegating_unit_id]", "water-team");
        await page.FillAsync("input[name=document]", "渝中水委〔2026〕9号");
        await page.FillAsync("input[name=from_day]", DistrictWorld.Day(0));
        await SaveAsync(page, "new", "委托协议");
        await Expect(page.Locator("[data-notice=Refused]")).ToContainTextAsync("委托机关 · 只有行政机关可以委托");
        await Expect(page.Locator("input[name=item_ids][value=outlet]")).ToBeCheckedAsync();
        await DutyRoomStack.LookAsync(page, "register-grant-refused");

        await page.SelectOptionAsync("select[name=delegating_unit_id]", "water");
        await page.Locator("[data-form=new] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-chosen=g-town-2] [data-fact=delegating_unit_id]")).ToHaveTextAsync("渝中区水利局");
        await page.GotoAsync("/registers/units?unit=town");
        await Expect(page.Locator("[data-grant=g-town-2]")).ToContainTextAsync("渝中水委〔2026〕9号");
    }

    [Fact]
    public async Task A_device_gets_its_new_verification_and_only_a_correction_reaches_back()
    {
        var page = await stack.OpenAsync("/registers/devices/party-9");
        await page.Locator("[data-act=change-device]").ClickAsync();
        await page.Locator("[data-add=verifications]").ClickAsync();
        await page.FillAsync("input[name='verifications[1].number']", "检字party-9-2");
        await page.FillAsync("input[name='verifications[1].from_day']", DistrictWorld.Day(-1));
        await page.FillAsync("input[name='verifications[1].through_day']", DistrictWorld.Day(364));
        await page.FillAsync("input[name=place]", "滨江污水处理厂二号总排口");
        await page.FillAsync("input[name=valid-from]", DistrictWorld.Day(-1) + "T08:00");
        await DutyRoomStack.LookAsync(page, "register-device-form");
        await SaveAsync(page, "change-device", "检定证书送达");
        await Expect(page.Locator("[data-notice=Refused]")).ToContainTextAsync("须按更正登记");

        await page.CheckAsync("[data-form=change-device] input[name=correction]");
        await page.Locator("[data-form=change-device] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        var newest = page.Locator("[data-list=history]").Last.Locator("li").First;
        await Expect(newest).ToContainTextAsync("检字party-9-2");
        await Expect(newest.Locator(".tag.waiting")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_new_device_and_a_new_officer_have_their_pages_at_once()
    {
        var page = await stack.OpenAsync("/registers/devices?unit=water-team");
        await page.Locator("[data-act=new]").ClickAsync();
        await page.FillAsync("input[name=id]", "cod-02");
        await page.SelectOptionAsync("select[name=type]", "WaterMonitor");
        await page.SelectOptionAsync("select[name=admission_class]", "AgencyMonitor");
        await page.FillAsync("input[name=serial]", "SN-COD-02");
        await page.FillAsync("input[name=position]", "29.56301, 106.55156");
        await SaveAsync(page, "new", "设备入库");
        await Expect(page).ToHaveURLAsync(new Regex("/registers/devices/cod-02$"));
        await Expect(page.Locator("dl.facts").First).ToContainTextAsync("29.56301, 106.55156");

        await page.GotoAsync("/registers/officers?unit=market");
        await page.Locator("[data-act=new]").ClickAsync();
        await page.FillAsync("input[name=id]", "sun");
        await page.FillAsync("input[name=name]", "孙悦");
        await page.FillAsync("input[name='certificates[0].number']", "渝B-00399");
        await page.FillAsync("input[name='certificates[0].from_day']", DistrictWorld.Day(-10));
        await page.FillAsync("input[name='certificates[0].through_day']", DistrictWorld.Day(700));
        await page.CheckAsync("input[name='certificates[0].domains'][value=market]");
        await page.CheckAsync("input[name='assignments[0].roles'][value=Handler]");
        await DutyRoomStack.LookAsync(page, "register-officer-new");
        await SaveAsync(page, "new", "新任职");
        await Expect(page).ToHaveURLAsync(new Regex("/registers/officers/sun$"));
        await Expect(page.Locator("[data-panel=officer]")).ToContainTextAsync("渝B-00399");
        await Expect(page.Locator("[data-panel=officer]")).ToContainTextAsync("渝中区市场监督管理局");
    }

    [Fact]
    public async Task A_substitution_is_written_at_who_is_absent_and_can_be_ended()
    {
        var page = await stack.OpenAsync("/registers/officers/chen");
        await page.Locator("[data-act=substitutions]").ClickAsync();
        await page.SelectOptionAsync("select[name=substitute_officer_id]", "zhao");
        await page.CheckAsync("input[name=roles][value=LegalReviewer]");
        await page.FillAsync("[data-form=substitutions] input[name=from]", DistrictWorld.Day(-1) + "T09:00");
        await page.FillAsync("[data-form=substitutions] input[name=until]", DistrictWorld.Day(8) + "T18:00");
        await page.FillAsync("[data-form=substitutions] input[name=document]", "渝中水委函〔2026〕21号");
        await SaveAsync(page, "substitutions", "出差");
        var matter = page.Locator("[data-list='Matter.Substitution'] [data-matter]");
        await Expect(matter).ToContainTextAsync(["渝中水委函〔2026〕21号"]);

        await matter.Locator("a").ClickAsync();
        await Expect(page.Locator("[data-fact=substitute_officer_id]")).ToHaveTextAsync("赵刚");
        await page.Locator("[data-act=end]").ClickAsync();
        await SaveAsync(page, "end", "提前返岗");
        await Expect(page.Locator("[data-list=history] li").First).ToContainTextAsync("提前返岗");
        await DutyRoomStack.LookAsync(page, "register-substitution");
    }

    [Fact]
    public async Task A_years_calendar_is_marked_day_by_day()
    {
        var page = await stack.OpenAsync("/registers/calendars?year=2027");
        await page.Locator("[data-act=change-calendar]").ClickAsync();
        await page.Locator("[data-day='2027-01-01']").ClickAsync();
        await page.FillAsync("textarea[name=make_up_days]", "2027-01-03, 2027-02-06");
        await page.Locator("textarea[name=make_up_days]").BlurAsync();
        await page.FillAsync("input[name=source]", "国办发明电〔2026〕9号");
        await Expect(page.Locator("td.off")).ToHaveCountAsync(1);
        await Expect(page.Locator("td.made")).ToHaveCountAsync(2);
        await DutyRoomStack.LookAsync(page, "register-calendar-form");
        await SaveAsync(page, "calendar", "国务院办公厅通知");

        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-day='2027-02-06']")).ToHaveTextAsync("6班");
        Assert.Equal(["2027-01-01"], (await stack.Seed.GetAsync(RegisterKind.Calendar, "2027")).Row.Change.Calendar.Holidays);
    }

    [Fact]
    public async Task A_territory_is_drawn_before_it_is_kept_and_what_is_no_geometry_is_refused()
    {
        var page = await stack.OpenAsync("/registers/territories");
        await page.Locator("[data-act=new]").ClickAsync();
        await page.FillAsync("input[name=id]", "outlet-4");
        await page.FillAsync("input[name=name]", "四号排口");
        await page.SelectOptionAsync("select[name=kind]", "Site");
        await page.SelectOptionAsync("select[name=parent_id]", "yuzhong");
        await page.FillAsync("input[name=corridor_m]", "40");
        await page.FillAsync("textarea[name=geo_json]", """{"type":"Point","coordinates":[106.555]}""");
        await SaveAsync(page, "new", "勘界补充");
        await Expect(page.Locator("[data-notice=Refused]")).ToBeVisibleAsync();

        await page.FillAsync("textarea[name=geo_json]", """{"type":"Point","coordinates":[106.555,29.561]}""");
        await page.Locator("textarea[name=geo_json]").BlurAsync();
        await Expect(page.Locator("[data-drawing] path[data-territory=outlet-4]")).ToHaveCountAsync(1);
        await DutyRoomStack.LookAsync(page, "register-territory-form");
        await page.Locator("[data-form=new] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list=territories]")).ToContainTextAsync("四号排口");
    }

    private static async Task SaveAsync(IPage page, string form, string reason)
    {
        await page.FillAsync($"[data-form={form}] input[name=reason]", reason);
        await page.Locator($"[data-form={form}] button[type=submit]").ClickAsync();
    }
}
