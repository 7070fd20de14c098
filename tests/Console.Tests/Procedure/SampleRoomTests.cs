using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

/// <summary>A false alarm is closed with one key, undone, and appears in the supervisor's sample (lawful-process 19, scenario 10).</summary>
public sealed class SampleRoomTests(ProcedureStack stack) : IClassFixture<ProcedureStack>
{
    [Fact]
    public async Task A_false_alarm_closed_with_one_key_and_undone_is_looked_at_by_the_supervisor()
    {
        var alert = await stack.AlertAsync("水位误报");
        var duty = await stack.OpenAsync($"/alerts/{alert}", "han-a");
        await Expect(duty.Locator("[data-take-up=left]")).ToContainTextAsync("剩");
        await DutyRoomStack.LookAsync(duty, "alert-clock");
        await duty.Keyboard.PressAsync("c");
        await Expect(duty.Locator("[data-triage=closing]")).ToBeVisibleAsync();
        await duty.Keyboard.PressAsync("1");
        await Expect(duty.Locator("[data-state=Closed]")).ToBeVisibleAsync();
        await duty.Keyboard.PressAsync("u");
        await Expect(duty.Locator("[data-state=New]")).ToBeVisibleAsync();
        await Expect(duty.Locator("[data-take-up]")).ToHaveCountAsync(0); // who closed it had taken it up

        var page = await stack.OpenAsync("/work", "sup");
        await page.Locator("[data-duty=sample]").ClickAsync();
        var row = page.Locator($"[data-alert='{alert}']");
        await Expect(row.Locator("[data-why=undone]")).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("张承办");
        await row.Locator("[data-act=disagree]").ClickAsync();
        await row.Locator("[name=sample-reason]").FillAsync("应先到现场核实再处置");
        await DutyRoomStack.LookAsync(page, "sample");
        await row.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);

        await page.GotoAsync("/alerts/sample?all=true");
        await Expect(page.Locator($"[data-alert='{alert}'] [data-word=disagrees]")).ToBeVisibleAsync();
        await Expect(page.Locator($"[data-alert='{alert}']")).ToContainTextAsync("应先到现场核实再处置");
    }

    [Fact]
    public async Task Who_is_no_supervisor_is_told_so_in_his_language()
    {
        var alert = await stack.AlertAsync("再次误报");
        var duty = await stack.OpenAsync($"/alerts/{alert}", "han-a");
        await Expect(duty.Locator("[data-state=New]")).ToBeVisibleAsync();
        await duty.Keyboard.PressAsync("c");
        await Expect(duty.Locator("[data-triage=closing]")).ToBeVisibleAsync();
        await duty.Keyboard.PressAsync("1");
        await Expect(duty.Locator("[data-state=Closed]")).ToBeVisibleAsync();
        await duty.Keyboard.PressAsync("u");
        await Expect(duty.Locator("[data-state=New]")).ToBeVisibleAsync();

        await duty.GotoAsync("/alerts/sample");
        await duty.Locator($"[data-alert='{alert}'] [data-act=agree]").ClickAsync();

        await Expect(duty.Locator("[data-notice=Refused]")).ToContainTextAsync("登记册中没有可办理此事的职责");
    }
}
