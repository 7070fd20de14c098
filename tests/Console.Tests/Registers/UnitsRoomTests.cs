using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class UnitsRoomTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    [Fact]
    public async Task The_tree_leads_to_a_unit_with_what_it_may_handle_and_by_whose_word()
    {
        var page = await stack.OpenAsync("/");
        await page.Locator("header nav a[href=registers]").ClickAsync();
        await page.Locator("[data-unit=water-team-2]").ClickAsync();

        await Expect(page.Locator("[data-chosen=water-team-2]")).ToContainTextAsync("水政二中队");
        await Expect(page.Locator("[data-list=held] [data-grant=g-water]")).ToContainTextAsync("法定职权");
        await page.Locator("[data-unit=water]").ClickAsync();
        await Expect(page.Locator("[data-list=given] [data-grant=g-centre]")).ToContainTextAsync("以 渝中区水利局 名义");
        await Expect(page.Locator("[data-list=given] [data-grant=g-centre]")).ToContainTextAsync("已届满");
        await DutyRoomStack.LookAsync(page, "register-units");
    }

    [Fact]
    public async Task May_this_unit_handle_this_item_here_on_this_date_is_answered_with_its_reason()
    {
        var page = await stack.OpenAsync("/registers/units?unit=river-centre");
        await page.SelectOptionAsync("select[name=item]", "sand-mining");
        await page.FillAsync("input[name=day]", DistrictWorld.Day(-20));
        await page.Locator("[data-form=competence] button[type=submit]").ClickAsync();

        var answer = page.Locator("[data-guard]");
        await Expect(page.Locator("[data-guard=yes]")).ToContainTextAsync("可以办理");
        await Expect(answer.Locator("[data-in-name-of=water]")).ToHaveTextAsync("渝中区水利局");
        await DutyRoomStack.LookAsync(page, "register-competence-yes");

        await page.FillAsync("input[name=day]", DistrictWorld.Day(-10));
        await page.Locator("[data-form=competence] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-guard=no] [data-reason]")).ToContainTextAsync("职权授予");
        await Expect(answer.Locator("[data-step=GRANT].bad")).ToHaveCountAsync(1);
        await DutyRoomStack.LookAsync(page, "register-competence-no");
    }

    [Fact]
    public async Task A_change_that_comes_after_anothers_is_told_what_the_other_did_and_keeps_what_was_typed()
    {
        var page = await stack.OpenAsync("/registers/units?unit=market");
        await page.Locator("[data-act=change-unit]").ClickAsync();
        await page.FillAsync("[data-form=change-unit] input[name=address]", "渝中区和平路1号");
        await page.FillAsync("input[name=reason]", "搬迁");
        var other = (await stack.Seed.GetAsync(RegisterKind.Unit, "market")).Row.Change.Clone();
        (other.Unit.Name, other.ValidFrom, other.Correction) = ("渝中区市场监管局（知识产权局）", null, false);
        await stack.Seed.ChangeAsync("更名", [other], new Actor { Id = "p2", Name = "罗云" });

        await page.Locator("[data-form=change-unit] button[type=submit]").ClickAsync();

        var notice = page.Locator("[data-notice=Conflict]");
        await Expect(notice).ToContainTextAsync("罗云");
        await Expect(notice.Locator("ins")).ToHaveTextAsync("渝中区市场监管局（知识产权局）");
        await Expect(page.Locator("[data-form=change-unit] input[name=address]")).ToHaveValueAsync("渝中区和平路1号");
        await DutyRoomStack.LookAsync(page, "register-conflict");

        await Expect(page.Locator("[data-form=change-unit] input[name=name]")).ToHaveValueAsync("渝中区市场监管局（知识产权局）"); // not touched here: nothing of the other's is undone
        await page.Locator("[data-form=change-unit] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list=history] li").First.Locator("ins")).ToHaveTextAsync(["渝中区和平路1号"]);
    }
}
