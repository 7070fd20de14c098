using System.Text;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class ImportRoomTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    private const string Head = "设备编号,设备类型,准入类别,序列号,厂商,型号,所属单位\r\n";

    [Fact]
    public async Task Every_error_is_shown_by_line_before_anything_is_kept_and_a_good_file_is_taken_whole()
    {
        var page = await stack.OpenAsync("/registers/import");
        await ChooseAsync(page, Head
            + "rec-1001,执法记录仪,执法记录仪,DSJ1001,华安电子,DSJ-A12,water-team\r\n"
            + "rec-1002,飞艇,执法记录仪,DSJ1002,华安电子,DSJ-A12,water-team\r\n"
            + "rec-1003,执法记录仪,不知道,DSJ1003,华安电子,DSJ-A12,water-team\r\n");
        await page.FillAsync("input[name=reason]", "新购设备");
        await page.Locator("[data-act=try]").ClickAsync();

        await Expect(page.Locator("[data-import=refused]")).ToContainTextAsync("错误 2");
        await Expect(page.Locator("[data-list=import-errors] tbody tr td:first-child")).ToHaveTextAsync(["3", "4"]);
        await Expect(page.Locator("[data-act=take]")).ToBeDisabledAsync();
        await DutyRoomStack.LookAsync(page, "register-import-errors");

        await ChooseAsync(page, Head + "rec-1001,执法记录仪,执法记录仪,DSJ1001,华安电子,DSJ-A12,water-team\r\nrec-1002,执法记录仪,执法记录仪,DSJ1002,华安电子,DSJ-A12,water-team\r\n");
        await page.Locator("[data-act=try]").ClickAsync();
        await Expect(page.Locator("[data-import=good]")).ToContainTextAsync("新增 2");
        await page.Locator("[data-act=take]").ClickAsync();
        await Expect(page.Locator("[data-import=taken]")).ToContainTextAsync("已导入");
        await Expect(page.Locator("[data-act=take]")).ToBeDisabledAsync();

        await page.GotoAsync("/registers/devices?text=rec-100");
        await Expect(page.Locator("[data-list=register-devices] tbody tr")).ToHaveCountAsync(2);
    }

    private static async Task ChooseAsync(IPage page, string csv)
    {
        // The page listens for a file once its script has met the box; what is chosen before is not heard.
        await page.WaitForFunctionAsync("() => document.querySelector('input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "recorders.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await Expect(page.Locator("[data-file]")).ToContainTextAsync($"{Encoding.UTF8.GetByteCount(csv)} B");
    }
}
