using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using EdgeEnforcement.OperatorConsole.Views.Registers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

/// <summary>A real station beside the real service: configured, refused and rolled back from its page.</summary>
public sealed class AgentConfigurationPanelTests(RegisterStack stack) : IClassFixture<RegisterStack>
{
    private const string Station = "dock-07";

    // The station looks, starts again, and is answered; on a busy machine each takes its time.
    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = 120_000 };

    [Fact]
    public async Task A_station_is_configured_refuses_and_is_rolled_back_from_its_page()
    {
        await stack.Seed.ChangeAsync("设备台账",
        [
            new RegisterChange
            {
                Id = Station,
                Device = new RegisteredDevice { Type = RegisteredDeviceType.Station, AdmissionClass = AdmissionClass.None, Serial = "SN-DOCK-07", UnitId = "water-team", Place = "水政执法大队采集室" },
            },
        ]);
        using TemporaryFolder folder = new();
        await using AgentUnderTest agent = new(folder.Path, stack.ServiceAddress, Station)
        {
            Environment = { ["EDGE_AGENT_RemoteConfiguration__Interval"] = "00:00:00.200" },
        };
        var page = await stack.OpenAsync("/registers/devices/" + Station);
        await Expect(page.Locator("[data-runs]")).ToContainTextAsync("尚未报告");
        await agent.StartAsync();

        await WriteAsync(page, """{ "Upload": { "ParallelFiles": 3 } }""", "夜间两路带宽");
        var first = page.Locator("[data-configuration]").First;
        await Expect(first).ToContainTextAsync("运行中", Patiently);
        var good = await first.GetAttributeAsync("data-configuration");

        await page.Locator("[data-act=configure]").ClickAsync();
        await page.FillAsync("textarea[name=content]", "{ \"Upload\": ");
        await Expect(page.Locator("[data-fault]")).ToContainTextAsync("尚不是有效配置");
        await Expect(page.Locator("[data-form=configuration] button[type=submit]")).ToBeDisabledAsync();
        await page.Locator("[data-form=configuration] button[type=button]").ClickAsync();

        await WriteAsync(page, """{ "Upload": { "ParallelFiles": 99 }, "Uplink": { "Address": "http://10.0.0.1" } }""", "误填");
        await Expect(page.Locator("[data-configuration]").First).ToContainTextAsync("站点拒绝", Patiently);
        await Expect(page.Locator("[data-configuration]").First.Locator("[data-reason]")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-runs]")).ToContainTextAsync($"站点正在运行版本 #{good}");
        await DutyRoomStack.LookAsync(page, "agent-configuration");

        await page.Locator($"[data-configuration=\"{good}\"] [data-act=roll-back]").ClickAsync();
        await Expect(page.Locator("[data-list=differences]")).ToContainTextAsync("Upload.ParallelFiles");
        await Expect(page.Locator("textarea[name=content]")).Not.ToBeEditableAsync();
        await page.FillAsync("input[name=reason]", "误填，回滚");
        await DutyRoomStack.LookAsync(page, "agent-configuration-roll-back");
        await page.Locator("[data-form=configuration] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-configuration]").First).ToContainTextAsync($"沿用 #{good} 的内容");
        await Expect(page.Locator("[data-configuration]").First).ToContainTextAsync("运行中", Patiently);
    }

    [Fact]
    public void A_difference_is_shown_setting_by_setting()
    {
        var differences = JsonDifference.Between(
            """{ "a": { "b": 1, "c": [1, 2] }, "gone": "x" }""", """{ "a": { "b": 2, "c": [1, 2, { "d": null }] }, "empty": [] }""");

        Assert.Equal(
            [new("a.b", "1", "2"), new("a.c[2].d", "", "null"), new("empty", "", "[]"), new("gone", "\"x\"", "")], differences);
        Assert.NotNull(JsonDifference.WhyNot("""{ "a": 1, "a": 2 }"""));
        Assert.NotNull(JsonDifference.WhyNot("[]"));
        Assert.Null(JsonDifference.WhyNot("{}"));
    }

    private static async Task WriteAsync(IPage page, string json, string reason)
    {
        await page.Locator("[data-act=configure]").ClickAsync();
        await page.FillAsync("input[name=label]", "巡查配置");
        await page.FillAsync("textarea[name=content]", json);
        await page.FillAsync("input[name=reason]", reason);
        await Expect(page.Locator("[data-list=differences]")).ToBeVisibleAsync();
        await page.Locator("[data-form=configuration] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-notice=Done]")).ToBeVisibleAsync();
    }
}
