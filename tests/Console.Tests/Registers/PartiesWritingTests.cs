using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class PartiesWritingTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    private const string Number = "11010519491231002X";

    [Fact]
    public async Task An_address_is_changed_by_who_never_saw_the_number_and_the_number_stays()
    {
        var page = await stack.OpenAsync("/registers/objects/p-liu");
        await page.Locator("[data-act=change-object]").ClickAsync();
        await page.FillAsync("[data-form=change-object] input[name=address]", "渝中区民生路12号");
        await page.FillAsync("[data-form=change-object] input[name=reason]", "当事人确认地址");
        await page.Locator("[data-form=change-object] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list=history] li").First.Locator("ins")).ToHaveTextAsync(["渝中区民生路12号"]);

        await page.GotoAsync("/registers/objects");
        await page.FillAsync("input[name=number]", Number);
        await page.Locator("[data-form=objects] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-object=p-liu]")).ToContainTextAsync("民生路");
        Assert.DoesNotContain(Number, await page.Locator("[data-list=objects]").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_is_shown_in_full_only_after_its_reason_is_in_the_ledger()
    {
        var page = await stack.OpenAsync("/registers/objects/p-liu");
        var before = (await stack.Seed.GetAsync(RegisterKind.Object, "p-liu")).ProjectedSize;
        await page.FillAsync("input[name=reveal-reason]", "制作处罚决定书");
        await page.Locator("[data-act=reveal]").ClickAsync();
        await Expect(page.Locator("[data-revealed]")).ToContainTextAsync(Number);
        Assert.True((await stack.Seed.GetAsync(RegisterKind.Object, "p-liu")).ProjectedSize > before, "the look is an entry");
        await DutyRoomStack.LookAsync(page, "register-reveal");

        await page.Locator("[data-act=hide]").ClickAsync();
        await Expect(page.Locator("[data-revealed]")).ToHaveCountAsync(0);
        Assert.DoesNotContain(Number, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_object_with_a_number_that_is_there_already_is_refused_and_a_record_is_linked()
    {
        var page = await stack.OpenAsync("/registers/objects");
        await page.Locator("[data-act=new]").ClickAsync();
        await page.FillAsync("[data-form=new] input[name=id]", "e-sand-2");
        await page.SelectOptionAsync("[data-form=new] select[name=kind]", "Enterprise");
        await page.FillAsync("[data-form=new] input[name=name]", "渝江砂石公司");
        await page.FillAsync("[data-form=new] input[name=uscc]", "91350100M000100Y43");
        await page.FillAsync("[data-form=new] input[name=reason]", "立案登记");
        await page.Locator("[data-form=new] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Refused]")).ToContainTextAsync("e-sand");

        await page.FillAsync("[data-form=new] input[name=uscc]", "");
        await page.Locator("[data-form=new] button[type=submit]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/registers/objects/e-sand-2$"));
        await page.Locator("[data-act=link]").ClickAsync();
        await page.FillAsync("[data-form=link] input[name=subject_id]", "渝中水案〔2026〕40号");
        await page.FillAsync("[data-form=link] input[name=reason]", "立案登记");
        await page.Locator("[data-form=link] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-list=links]")).ToContainTextAsync("渝中水案〔2026〕40号");
        await DutyRoomStack.LookAsync(page, "register-object-link");
    }
}
