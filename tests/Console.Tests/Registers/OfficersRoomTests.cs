using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class OfficersRoomTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    [Fact]
    public async Task A_certificate_that_ends_soon_or_has_lapsed_is_seen_at_a_glance()
    {
        var page = await stack.OpenAsync("/registers/officers");

        await Expect(page.Locator("[data-officer=zhang] [data-due=good]")).ToHaveTextAsync("有效");
        await Expect(page.Locator("[data-officer=li] [data-due=soon]")).ToContainTextAsync("天后到期");
        await Expect(page.Locator("[data-officer=wang] [data-due=lapsed]")).ToContainTextAsync("已过期");
        await Expect(page.Locator("[data-list=lapsing] [data-lapsing]")).ToHaveCountAsync(2);
        await DutyRoomStack.LookAsync(page, "register-officers");

        await page.SelectOptionAsync("#register-unit", "water");
        await page.Locator("[data-form=search] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-officer=zhao]")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-officer=zhang]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task One_person_shows_who_stands_in_leave_recusal_and_who_changed_what()
    {
        var changed = (await stack.Seed.GetAsync(RegisterKind.Officer, "zhang")).Row.Change.Clone();
        (changed.Officer.Telephone, changed.ValidFrom, changed.Correction) = ("023-63999999", null, false);
        await stack.Seed.ChangeAsync("改号", [changed], new Actor { Id = "p2", Name = "罗云", Unit = "人事科" });
        var page = await stack.OpenAsync("/registers/officers/zhang");

        await Expect(page.Locator("[data-matter=sub-1]")).ToContainTextAsync("zhang 代理 li");
        await Expect(page.Locator("[data-matter=recusal-1]")).ToContainTextAsync("近亲属");
        var newest = page.Locator("[data-list=history] li").First;
        await Expect(newest).ToContainTextAsync("罗云");
        await Expect(newest.Locator("ins")).ToHaveTextAsync("023-63999999");
        await Expect(newest.Locator("del")).ToHaveTextAsync("023-63000001");

        await page.SelectOptionAsync("[data-form=may-act] select[name=role]", "UnitHead");
        await page.Locator("[data-form=may-act] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-guard=yes]")).ToContainTextAsync("渝中水委函〔2026〕17号");
        await page.FillAsync("[data-form=may-act] input[name=case]", "渝中水案〔2026〕31号");
        await page.Locator("[data-form=may-act] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-guard=no] [data-reason]")).ToContainTextAsync("回避");
        await DutyRoomStack.LookAsync(page, "register-officer");
    }

    [Fact]
    public async Task Leave_is_registered_with_its_reason_and_holds_at_once()
    {
        var page = await stack.OpenAsync("/registers/officers/zhao");
        await page.Locator("[data-act=leaves]").ClickAsync();
        await page.FillAsync("[data-form=leaves] input[name=kind]", "培训");
        await page.FillAsync("[data-form=leaves] input[name=from]", DistrictWorld.Day(-1) + "T09:00");
        await page.FillAsync("[data-form=leaves] input[name=until]", DistrictWorld.Day(5) + "T18:00");
        await page.FillAsync("input[name=reason]", "市局执法培训通知");
        await page.Locator("[data-form=leaves] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list='Matter.Leave'] li")).ToContainTextAsync(["培训"]);
        await page.Locator("[data-form=may-act] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-guard=no] [data-reason]")).ToContainTextAsync("休假");
    }

    [Fact]
    public async Task Who_could_take_over_is_proposed_with_what_stands_against_the_others_and_a_case_is_handed_over()
    {
        await stack.Seed.ChangeAsync("新任职", [DistrictWorld.Officer("qian", "钱勇", "000306", "渝B-00306", DistrictWorld.Day(600), "water-team", OfficerRole.Handler)]);
        var caseId = await stack.Seed.OpenCaseAsync(new OpenCaseRequest { Number = "渝中水案〔2026〕52号", Title = "三号排口偷排", Domain = "environment", Officers = { "000301" } });
        var page = await stack.OpenAsync($"/registers/officers/zhang?takers={DistrictWorld.Day(0)}");

        var vacancy = page.Locator($"[data-vacancy='{caseId}']");
        await Expect(vacancy.Locator("[data-taker=li]")).ToContainTextAsync("正在休假：年假");
        await Expect(vacancy.Locator("[data-taker=li] button")).ToHaveCountAsync(0);
        await vacancy.Locator("[data-taker=qian] [data-act=take-over]").ClickAsync();
        await Expect(page.Locator("[name=to_officer_id]")).ToHaveValueAsync("qian");
        await page.FillAsync("[data-form=hand-overs] input[name=reason]", "执法证到期");
        await DutyRoomStack.LookAsync(page, "register-takers");
        await page.Locator("[data-form=hand-overs] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list='Matter.HandOver']")).ToContainTextAsync($"zhang → qian · {caseId}");
    }

    [Fact]
    public async Task A_certificate_that_has_lapsed_leads_to_who_could_take_over()
    {
        var page = await stack.OpenAsync("/registers/officers");
        await page.Locator("[data-lapsing=wang] a").Last.ClickAsync();

        await Expect(page.Locator("[data-hinders]")).ToContainTextAsync("没有有效的执法证；渝B-00303");
        await Expect(page.Locator("[data-vacancy='']")).ToContainTextAsync("本机构没有其他人员");
    }
}
