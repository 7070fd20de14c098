using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

public sealed class WorkRoomTests(ProcedureStack stack) : IClassFixture<ProcedureStack>
{
    [Fact]
    public async Task Who_sits_here_is_chosen_from_the_register_of_people()
    {
        var page = await stack.OpenAsNobodyAsync("/work");

        await page.FillAsync("#officer-search", "张承办");
        await DutyRoomStack.LookAsync(page, "work-who");
        await page.Locator("[data-panel=officer] [data-officer=han-a]").ClickAsync();

        await Expect(page.Locator("[data-me=han-a]")).ToContainTextAsync("张承办");
        await Expect(page.Locator("[data-panel=officer]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_approver_finds_what_waits_for_him_and_opens_it_with_the_keyboard()
    {
        var waiting = await stack.OpenCaseAsync("等待批准的立案");
        await stack.ActAsync(waiting, ProcedureActKind.File, "han-a", OfficerRole.Handler, act => act.Filing = ProcedureWorld.Filing());
        var filed = await stack.OpenCaseAsync("已立案待指派");
        await stack.FileAsync(filed);
        await stack.OpenCaseAsync("新线索");
        var page = await stack.OpenAsync("/work?list=All", "head-agency");
        await Expect(page.Locator($"[data-row='{filed}']")).ToContainTextAsync("立案");
        await DutyRoomStack.LookAsync(page, "work-all");

        await page.Keyboard.PressAsync("3");
        await Expect(page).ToHaveURLAsync(new Regex(@"/work\?list=ToApprove$"));
        var row = page.Locator($"[data-row='{waiting}']");
        await Expect(row).ToContainTextAsync("待行政机关负责人审批");
        await Expect(page.Locator($"[data-row='{filed}']")).ToHaveCountAsync(0);
        await Expect(page.Locator($"[data-preview='{waiting}'] [data-permitted=Approve]")).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(page, "work-approve");

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-pending=File]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_new_case_comes_onto_the_list_by_itself_and_the_cursor_stays_with_its_case()
    {
        var first = await stack.OpenCaseAsync("光标所在的案件");
        var page = await stack.OpenAsync("/work?list=All", "han-a");
        await page.Locator($"[data-row='{first}'] td").Nth(2).ClickAsync();
        await Expect(page.Locator($"[data-row='{first}']")).ToHaveAttributeAsync("aria-selected", "true");

        var second = await stack.OpenCaseAsync("刚刚登记的案件");

        await Expect(page.Locator($"[data-row='{second}']")).ToBeVisibleAsync();
        await Expect(page.Locator($"[data-row='{first}']")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.Locator($"[data-preview='{first}']")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(null, "立案")]
    [InlineData("c=en|uic=en", "working days")]
    public async Task The_rules_in_force_can_be_read(string? language, string word)
    {
        var page = await stack.OpenAsync("/rules", "han-a", language);

        await Expect(page.Locator("[data-rules-version]")).Not.ToHaveAttributeAsync("data-rules-version", "");
        await Expect(page.Locator("[data-deadline=D-01]").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-panel=deadlines]")).ToContainTextAsync(word);
        await Expect(page.Locator("[data-panel=templates] tbody tr")).ToHaveCountAsync(15);
        await DutyRoomStack.LookAsync(page, language is null ? "rules" : "rules-english");
    }
}
