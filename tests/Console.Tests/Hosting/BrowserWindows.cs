using Microsoft.Playwright;
using Xunit.Sdk;

namespace EdgeEnforcement.OperatorConsole.Tests.Hosting;

/// <summary>
/// The windows of one console. A live page draws for as long as it is open, and looks for its console for ever when that is gone: the windows
/// of earlier tests would slow the next ones down, one after the other.
/// </summary>
internal sealed class BrowserWindows(Browser browser)
{
    private readonly List<(ITest? Test, IBrowserContext Window)> _open = [];

    /// <summary>The feed is live when this returns; a test may have several, they go with the next test's first.</summary>
    public async Task<IPage> OpenAsync(string address, string path, string operatorCookie, string? language)
    {
        await CloseAsync(TestContext.Current.Test);
        var window = await browser.NewWindowAsync(address, operatorCookie, language);
        _open.Add((TestContext.Current.Test, window));
        var page = await window.NewPageAsync();
        await page.GotoAsync(path);
        // Live once the feed's mark is drawn by the circuit.
        await page.Locator(".feed[data-link='Live']").WaitForAsync();
        return page;
    }

    public async Task CloseAsync(ITest? except = null)
    {
        foreach (var (_, window) in _open.Where(w => except is null || w.Test != except))
            await window.CloseAsync();
        _open.RemoveAll(w => except is null || w.Test != except);
    }
}
