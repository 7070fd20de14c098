using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
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
        await stack.ActAsync(waiting, ProcedureActKind.File, "han-a", OfficerRole.Handler, act => act.Filing = OrdinaryPath.Filing("environment"));
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

    [Fact]
    public async Task A_complaint_is_registered_as_a_lead_with_its_number_and_the_day_it_is_to_be_answered()
    {
        var page = await stack.OpenAsync("/work", "han-a");
        await page.Locator("[data-act=new-lead]").ClickAsync();
        var dialog = page.Locator("[data-dialog=new-lead]");
        await dialog.Locator("[name=lead-title]").FillAsync("沿江餐馆向河道排污");
        await dialog.Locator("[name=lead-domain]").SelectOptionAsync("environment");
        await dialog.Locator("[name=lead-number]").FillAsync("12345-20261128-0071");
        await dialog.Locator("[name=lead-from]").FillAsync("12345 热线");
        await dialog.Locator("[name=lead-due]").FillAsync("2020-01-01T08:00");
        await dialog.Locator("[name=lead-unit]").SelectOptionAsync(ProcedurePeople.Team);
        await DutyRoomStack.LookAsync(page, "lead-new");
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(dialog.Locator("[role=alert]")).ToBeVisibleAsync(); // due before it was received

        await dialog.Locator("[name=lead-due]").FillAsync("2099-12-31T18:00");
        await dialog.Locator("button[type=submit]").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/cases/[^/]+/process$"));
        var source = page.Locator("[data-lead-source=Complaint]");
        await Expect(source).ToContainTextAsync("12345-20261128-0071");
        await Expect(source.Locator("[data-feedback-due]")).ToContainTextAsync("2099-12-31 18:00");
        await DutyRoomStack.LookAsync(page, "lead-complaint");
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
        await Expect(page.Locator("[data-severity=CRITICAL]")).ToContainTextAsync("20");
        await DutyRoomStack.LookAsync(page, language is null ? "rules" : "rules-english");
    }
}
