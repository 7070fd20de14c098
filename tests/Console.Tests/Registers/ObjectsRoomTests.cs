using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class ObjectsRoomTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    private const string Number = "11010519491231002X";

    [Fact]
    public async Task A_protected_number_finds_exactly_is_masked_and_stands_in_no_address()
    {
        var page = await stack.OpenAsync("/registers/objects");
        await page.FillAsync("input[name=number]", Number[..17]);
        await page.Locator("[data-form=objects] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-list=objects]")).ToContainTextAsync("未找到");

        await page.FillAsync("input[name=number]", Number);
        await page.Locator("[data-form=objects] button[type=submit]").ClickAsync();
        var row = page.Locator("[data-object=p-liu]");
        await Expect(row).ToContainTextAsync("*");
        Assert.DoesNotContain(Number, await page.Locator("[data-list=objects]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Number, page.Url, StringComparison.Ordinal);
        await DutyRoomStack.LookAsync(page, "register-objects");

        await row.Locator("a").ClickAsync();
        await Expect(page.Locator("[data-panel=object]")).ToContainTextAsync("证件号码");
        await Expect(page.Locator("[data-list=history] li")).ToHaveCountAsync(1);
        Assert.DoesNotContain(Number, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merged_objects_show_each_others_records_until_the_merge_is_undone()
    {
        var page = await stack.OpenAsync("/registers/objects/p-liu-2");
        await Expect(page.Locator("[data-list=links] [data-link]")).ToHaveCountAsync(1);
        await page.Locator("[data-act=merge]").ClickAsync();
        await page.FillAsync("input[name=into_object_id]", "p-liu");
        await page.FillAsync("input[name=reason]", "身份证核对为同一人");
        await page.Locator("[data-form=merge] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-merged-into=p-liu]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list=links] [data-link]")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-list=penalties]")).ToContainTextAsync("渝中水罚〔2026〕12号");
        await DutyRoomStack.LookAsync(page, "register-object");

        await page.Locator("[data-act=undo-merge]").ClickAsync();
        await page.FillAsync("input[name=reason]", "复核：并非同一人");
        await page.Locator("[data-form=undo-merge] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-list=links] [data-link]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-panel=merges]")).ToContainTextAsync("已撤销");
        await Expect(page.Locator("[data-panel=merges] [data-list=history] li").First).ToContainTextAsync("复核");
    }
}
