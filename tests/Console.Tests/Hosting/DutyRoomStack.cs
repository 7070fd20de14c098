using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Tests.Fake;
using Microsoft.Playwright;

namespace EdgeEnforcement.OperatorConsole.Tests.Hosting;

/// <summary>Fake service, real console, and windows onto it. One per test class.</summary>
public sealed class DutyRoomStack(Browser browser) : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("console-tests-").FullName;
    private readonly ConsoleProcess _console = new();
    private readonly BrowserWindows _windows = new(browser);

    internal FakeWorld World { get; } = new();

    internal FakeService Service { get; private set; } = null!; // set before the first test

    internal string Address => _console.Address;

    internal string Log => _console.Log;

    internal static OperatorIdentity ZhouMin { get; } = new("000117", "周敏", "渝中区水利执法大队");

    public async ValueTask InitializeAsync()
    {
        Service = new FakeService(World);
        await Service.StartAsync();
        await _console.StartAsync(Service.GrpcPort, Service.HttpPort, _data);
    }

    internal async Task<IPage> OpenAsync(string path, OperatorIdentity? who = null, string? language = null)
    {
        var page = await _windows.OpenAsync(Address, path, (who ?? ZhouMin).IsKnown ? (who ?? ZhouMin).ToCookie() : "", language);
        await page.Locator("body[data-keys=on]").WaitForAsync();
        return page;
    }

    /// <summary>For looking at: only where a folder is named.</summary>
    internal static async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CONSOLE_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }

    public async ValueTask DisposeAsync()
    {
        await _windows.CloseAsync();
        await _console.DisposeAsync();
        await Service.DisposeAsync();
        World.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
