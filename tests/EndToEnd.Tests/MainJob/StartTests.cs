using System.Globalization;
using System.Text.Json;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.EndToEnd.Tests.MainJob;

/// <summary>
/// What a newcomer does: `./start`, then the console. In a real browser the docked footage stands in a case with a verified proof, and
/// an alert is made a lead. Pictures go to artifacts/screenshots; those of a good run are copied into docs/images by hand.
/// </summary>
public sealed class StartTests
{
    private const float ExpectMilliseconds = 60_000;

    [Fact]
    public async Task Start_shows_verified_footage_in_a_case_and_an_alert_becomes_a_lead()
    {
        using var folder = new TemporaryFolder();
        var port = FreeBase();
        var address = $"http://127.0.0.1:{port}";
        await using var start = ProductProcess.Start(
            Path.Combine(Repository.Root, "start"), "--run", folder.Path, "--port", port.ToString(CultureInfo.InvariantCulture));
        await Eventually.Holds("./start says where to look", TimeSpan.FromMinutes(8), () =>
            start.HasExited ? throw new InvalidOperationException(start.Output) : Task.FromResult(start.Output.Contains("Ctrl-C stops everything", StringComparison.Ordinal)));

        Assertions.SetDefaultExpectTimeout(ExpectMilliseconds);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"],
        });
        await using var window = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = 1600, Height = 900 },
        });
        window.SetDefaultTimeout(ExpectMilliseconds);
        await window.AddCookiesAsync([new Cookie { Name = "ee-operator", Value = Uri.EscapeDataString(JsonSerializer.Serialize(new[] { "500102", "李值班", "河道执法支队" })), Url = address }]);
        var page = await window.NewPageAsync();

        await MakeLeadAsync(page);
        await OpenCaseAsync(page);
        await PlayWithProofAsync(page);

        await start.TerminateAsync();
        var (code, output) = await ProductProcess.RunAsync("dotnet", Repository.Assembly("IngestService", "ingest"), "verify", Path.Combine(folder.Path, "data"));
        Assert.True(code == 0, output);
    }

    private static async Task MakeLeadAsync(IPage page)
    {
        await page.GotoAsync("/");
        await Expect(page.Locator("body[data-keys=on]")).ToHaveCountAsync(1);
        var alert = page.Locator("[data-column=alerts] li.alert").Filter(new LocatorFilterOptions { HasText = "御临河疑似非法采砂" });
        await Expect(alert).ToHaveCountAsync(1);
        await LookAsync(page, "duty-board");

        await alert.ClickAsync();
        await page.Keyboard.PressAsync("l");
        await Expect(page.Locator("[data-triage=lead] input")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("采砂船两次停靠，录像清晰");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[data-column=leads]")).ToContainTextAsync("御临河疑似非法采砂");
        await Expect(alert).ToHaveCountAsync(0);
        await LookAsync(page, "lead");
    }

    private static async Task OpenCaseAsync(IPage page)
    {
        await page.Locator("[data-column=cases] a[href*='cases/']").First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("桃花溪排口夜间排放异常");
        await Expect(page.Locator("[data-evidence]")).ToHaveCountAsync(4);
        await LookAsync(page, "case");
    }

    private static async Task PlayWithProofAsync(IPage page)
    {
        await page.Locator("[data-evidence] a").Filter(new LocatorFilterOptions { HasText = ".mp4" }).First.ClickAsync();
        await Expect(page.Locator("[data-verdict=Passed] .verdict")).ToHaveTextAsync("校验通过");
        await page.EvaluateAsync("() => { const v = document.querySelector('video'); v.muted = true; return v.play(); }");
        await page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 0.3");
        await page.Locator("[data-proof=details] summary").ClickAsync();
        await Expect(page.Locator("[data-step=INCLUSION][data-passed=true]").First).ToBeVisibleAsync();
        await LookAsync(page, "media");
    }

    private static async Task LookAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", name + ".png") });

    // ./start takes its ports from one base.
    private static int FreeBase()
    {
        while (true)
        {
            var candidate = LoopbackPort.Next();
            if (candidate < 60_000 && new[] { 1, 2, 3, 11, 12 }.All(offset => LoopbackPort.IsFree(candidate + offset)))
                return candidate;
        }
    }
}
