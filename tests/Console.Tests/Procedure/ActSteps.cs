using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

/// <summary>An act's dialog as a person uses it.</summary>
internal static class ActSteps
{
    public static string Room(string caseId) => $"/cases/{Uri.EscapeDataString(caseId)}/process";

    /// <summary>This minute, or some days after it, as it is typed.</summary>
    public static string Minute(int days = 0) => Figures.Civil(TimeProvider.System.GetUtcNow().AddDays(days)).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public static ILocator Act(this IPage page, string inside = "") => page.Locator($"[data-dialog=act] {inside}".TrimEnd());

    /// <summary>Begun at its button on the page; the dialog can be typed into when this returns.</summary>
    public static async Task BeginAsync(this IPage page, ProcedureActKind kind)
    {
        await page.Locator($"[data-act={kind}]").First.ClickAsync();
        await page.Locator($"[data-dialog=act][data-kind={kind}] button[type=submit]:enabled").WaitForAsync();
    }

    public static async Task TypeAsync(this IPage page, params (string Name, string Value)[] boxes)
    {
        foreach (var (name, value) in boxes)
            await page.Act($"[name='{name}']").FillAsync(value);
    }

    public static Task ChooseAsync(this IPage page, string name, string value) => page.Act($"select[name='{name}']").SelectOptionAsync(value);

    public static Task TickAsync(this IPage page, string name, string value = "") =>
        page.Act($"input[type=checkbox][name='{name}']{(value.Length > 0 ? $"[value='{value}']" : "")}").CheckAsync();

    /// <summary>Asks what would fail: the guard is named, with its article where it has one.</summary>
    public static async Task<ILocator> RefusedAsync(this IPage page, string guard, string article = "")
    {
        await page.Act("[data-act=try]").ClickAsync();
        var failed = page.Act($"[data-guard-failed={guard}]").First;
        await Expect(failed).ToBeVisibleAsync();
        if (article.Length > 0)
            await Expect(failed.Locator($"[data-article='{article}']")).ToBeVisibleAsync();
        return failed;
    }

    /// <summary>The act itself: the dialog goes when it is in the ledger.</summary>
    public static async Task SendAsync(this IPage page)
    {
        await page.Act("button[type=submit]").ClickAsync();
        await Expect(page.Act()).ToHaveCountAsync(0);
        await Expect(page.Locator(".notice[data-notice=Done]")).ToBeVisibleAsync();
    }
}
