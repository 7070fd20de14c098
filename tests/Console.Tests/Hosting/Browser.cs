using Microsoft.Playwright;

namespace EdgeEnforcement.OperatorConsole.Tests.Hosting;

/// <summary>The machine's own Chromium, started once for all pages.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // A limit, not a pause: what is expected is looked for until then. A shared build machine can be slow.
    private const int ExpectMilliseconds = 60_000;

    private const int LaunchMilliseconds = 180_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(ExpectMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            Timeout = LaunchMilliseconds, ExecutablePath = Find(), Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"],
        });
    }

    public async Task<IBrowserContext> NewWindowAsync(string address, string operatorCookie, string? languageCookie = null)
    {
        var window = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1600, Height = 900 }, BaseURL = address });
        window.SetDefaultTimeout(ExpectMilliseconds);
        var cookies = new List<Cookie>();
        if (operatorCookie.Length > 0)
            cookies.Add(new Cookie { Name = "ee-operator", Value = operatorCookie, Url = address });
        if (languageCookie is not null)
            cookies.Add(new Cookie { Name = "ee-language", Value = languageCookie, Url = address });
        if (cookies.Count > 0)
            await window.AddCookiesAsync(cookies);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The page tests need Chromium (Debian: chromium) in PATH.");
}
