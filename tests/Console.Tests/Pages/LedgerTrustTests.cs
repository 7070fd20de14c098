using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Pages;

/// <summary>What a ledger may not do unseen. Each spoils its ledger, so each has one of its own.</summary>
public sealed class LedgerTrustTests(Browser browser)
{
    [Fact]
    public async Task A_ledger_that_changes_its_key_is_not_believed()
    {
        await using var stack = await StartAsync();
        var index = stack.World.AddMedia("DCIM/key.mp4", Footage.Video, MediaKind.Video, MediaState.Stored);
        var page = await stack.OpenAsync($"/media-items/{index}");
        await Expect(page.Locator("[data-verdict=Passed]")).ToBeVisibleAsync();

        lock (stack.World.Gate)
            stack.World.Book.ChangeKey();
        await page.Locator("[data-act=recheck]").ClickAsync();

        await Expect(page.Locator("[data-step=KEY][data-passed=false]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-verdict=Failed]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_ledger_that_rewrites_its_past_is_found_out()
    {
        await using var stack = await StartAsync();
        var older = stack.World.AddMedia("DCIM/older.mp4", [1, 2, 3], MediaKind.Video, MediaState.Stored);
        var index = stack.World.AddMedia("DCIM/younger.mp4", Footage.Video, MediaKind.Video, MediaState.Stored);
        var page = await stack.OpenAsync($"/media-items/{index}");
        await Expect(page.Locator("[data-verdict=Passed]")).ToBeVisibleAsync();

        // Every proof the service gives now is right for the new history; only the memory of the old root speaks against it.
        lock (stack.World.Gate)
            stack.World.Book.ForgeLeaf(older);
        await page.Locator("[data-act=recheck]").ClickAsync();

        await Expect(page.Locator("[data-step=CONSISTENCY][data-passed=false]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-verdict=Failed]")).ToBeVisibleAsync();
    }

    private async Task<DutyRoomStack> StartAsync()
    {
        var stack = new DutyRoomStack(browser);
        await stack.InitializeAsync();
        return stack;
    }
}
