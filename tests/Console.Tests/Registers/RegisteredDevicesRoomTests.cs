using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class RegisteredDevicesRoomTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    [Fact]
    public async Task The_list_says_how_each_device_is_admitted_and_why_not()
    {
        var page = await stack.OpenAsync("/registers/devices");

        await Expect(page.Locator("[data-device=cod-01] [data-admission=Admitted]")).ToHaveTextAsync("启用");
        await Expect(page.Locator("[data-device=cam-07] [data-admission=Suspended]")).ToHaveTextAsync("暂停");
        await Expect(page.Locator("[data-device=cam-07]")).ToContainTextAsync("牛角沱码头 → 千厮门大桥");
        await Expect(page.Locator("[data-device=party-9] [data-due=soon]")).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(page, "register-devices");

        await page.FillAsync("#register-search", "SN-COD");
        await page.Locator("[data-form=search] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-list=register-devices] tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_list_is_narrowed_to_a_state_of_admission_and_to_what_ends_soon()
    {
        var page = await stack.OpenAsync("/registers/devices");
        await page.SelectOptionAsync("#register-state", "Suspended");
        await page.Locator("[data-form=search] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-list=register-devices] tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-device=cam-07]")).ToContainTextAsync("启用后安装地点变动");

        await page.SelectOptionAsync("#register-state", "lapsing");
        await page.Locator("[data-form=search] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-device=party-9]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list=register-devices] tbody tr")).ToHaveCountAsync(1);
        await DutyRoomStack.LookAsync(page, "register-devices-lapsing");
    }

    [Fact]
    public async Task Admission_is_a_band_by_date_and_an_instant_is_answered_with_its_reason()
    {
        var page = await stack.OpenAsync("/registers/devices/cod-01");

        // Under review in four steps, admitted, taken out, admitted, verification run out, admitted.
        await Expect(page.Locator("rect.stretch.admitted")).ToHaveCountAsync(3);
        await Expect(page.Locator("rect.stretch.suspended")).ToHaveCountAsync(2);
        await page.FillAsync("input[name=at]", DistrictWorld.Day(-40) + "T12:00");
        await page.Locator("[data-form=admitted] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-guard=no] [data-reason]")).ToContainTextAsync("检定");
        await Expect(page.Locator("line.asked")).ToHaveCountAsync(1);
        await DutyRoomStack.LookAsync(page, "register-device");

        await page.FillAsync("input[name=at]", DistrictWorld.Day(-10) + "T12:00");
        await page.Locator("[data-form=admitted] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-guard=yes]")).ToContainTextAsync("已准入");
    }

    [Fact]
    public async Task A_step_that_admission_does_not_know_from_here_is_refused_and_the_right_one_is_taken()
    {
        var page = await stack.OpenAsync("/registers/devices/rec-0001");
        await page.Locator("[data-act=admission]").ClickAsync();
        await page.SelectOptionAsync("select[name=state]", "Admitted");
        await page.FillAsync("input[name=document]", "核查表 9 号");
        await page.FillAsync("input[name=reason]", "月度核查");
        await page.Locator("[data-form=admission] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Refused]")).ToContainTextAsync("“执法记录仪”类设备在“登记”之后不能直接进入“启用”");

        await page.SelectOptionAsync("select[name=state]", "Checked");
        await page.Locator("[data-form=admission] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-panel=steps] li").First).ToContainTextAsync("月度核查");
    }
}
