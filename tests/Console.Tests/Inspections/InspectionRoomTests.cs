using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using EdgeEnforcement.OperatorConsole.Tests.Procedure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using Kind = EdgeEnforcement.Contracts.V1.InspectionActKind;

namespace EdgeEnforcement.OperatorConsole.Tests.Inspections;

/// <summary>Inspections by clicking, against the real service.</summary>
public sealed class InspectionRoomTests(ProcedureStack stack) : IClassFixture<ProcedureStack>
{
    private InspectionWorld World => new(stack.Channel);

    [Fact]
    public async Task An_inspection_is_planned_made_and_its_violation_becomes_a_case()
    {
        await World.RegisterAsync("plant-1", "渝北电镀厂");
        var manifest = await World.AnnounceAsync("dock-inspection", "DCIM/0001.mp4");
        var page = await stack.OpenAsync("/inspections?object=plant-1", "han-a");

        await page.Locator("[data-act=Plan]").ClickAsync();
        await FillPlanAsync(page);
        await DutyRoomStack.LookAsync(page, "inspection-plan");
        await Dialog(page).Locator("button[type=submit]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/inspections/yb-environment-team-[0-9]+-[0-9]+$"));
        await Expect(page.Locator("[data-inspection-state=Planned]")).ToHaveTextAsync("待检查");

        await BeginAsync(page, Kind.Start);
        await Dialog(page).Locator("input[name=place]").FillAsync("镀铬车间");
        await Dialog(page).Locator("[data-act=try]").ClickAsync();
        await Expect(Dialog(page).Locator("[data-guard-failed=ID_SHOWN] [data-article='APL-55']")).ToContainTextAsync("第五十五条");
        await DutyRoomStack.LookAsync(page, "inspection-refused");
        await Dialog(page).Locator("input[name=identity_shown]").CheckAsync();
        await Expect(Dialog(page).Locator("[data-notice=Done]")).ToBeVisibleAsync();
        await SendAsync(page);

        await BeginAsync(page, Kind.LinkRecording);
        await Dialog(page).Locator("select[name=manifest_index]").SelectOptionAsync($"{manifest}");
        await SendAsync(page);
        await Expect(page.Locator($"[data-list=recordings] [data-item='media/{manifest}'] a")).ToHaveAttributeAsync("href", $"media-items/{manifest}");
        await BeginAsync(page, Kind.RecordFinding);
        await Dialog(page).Locator("textarea[name=text]").FillAsync("含铬废水直排雨水管");
        await Dialog(page).Locator("input[name=violation]").CheckAsync();
        await Dialog(page).Locator($"input[name=evidence_keys][value='media/{manifest}']").CheckAsync();
        await SendAsync(page);
        await BeginAsync(page, Kind.Finish);
        await Dialog(page).Locator("select[name=outcome]").SelectOptionAsync("Violation");
        await Dialog(page).Locator("textarea[name=conclusion]").FillAsync("直排含铬废水");
        await SendAsync(page);
        await Expect(page.Locator("[data-outcome=Violation]")).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(page, "inspection-finished");

        await page.Locator("[data-act=OpenCase]").ClickAsync();
        await page.Locator("[data-dialog=inspection-case] button[type=submit]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/cases/.+/process$"));
        await Expect(page.Locator("[data-lead-source=Inspection] a")).ToContainTextAsync("检查 ");
        await Expect(page.Locator($"[data-item='media/{manifest}']")).ToBeVisibleAsync();
        await page.Locator("[data-lead-source=Inspection] a").ClickAsync();
        await Expect(page.Locator("[data-finding='1'] a[href^='cases/']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_repeated_inspection_is_warned_of_and_goes_on_with_its_reason()
    {
        await World.RegisterAsync("plant-2", "两江化工厂");
        var first = await World.StartAsync(await World.PlanAsync("plant-2"));
        var page = await stack.OpenAsync("/inspections?object=plant-2", "han-a");
        await page.Locator("[data-act=Plan]").ClickAsync();
        await FillPlanAsync(page);

        await Dialog(page).Locator("[data-act=try]").ClickAsync();
        await Expect(Dialog(page).Locator("[data-guard-failed=REPEATED]")).ToContainTextAsync(first.Number);
        await Dialog(page).Locator("textarea[name=repeated_reason]").FillAsync("群众再次反映异味");
        await Dialog(page).Locator("textarea[name=repeated_reason]").BlurAsync();
        await Expect(Dialog(page).Locator($"[data-warning=repeated] [data-earlier='{first.InspectionId}']")).ToContainTextAsync(first.Number);
        await Expect(Dialog(page).Locator("[data-guard-failed=REPEATED]")).ToHaveCountAsync(0);
        await DutyRoomStack.LookAsync(page, "inspection-repeated");
        await Dialog(page).Locator("button[type=submit]").ClickAsync();

        await Expect(page.Locator($"[data-warning=repeated] [data-earlier='{first.InspectionId}']")).ToContainTextAsync("执法支队");
        await Expect(page.Locator("[data-repeated-reason]")).ToContainTextAsync("群众再次反映异味");
        await DutyRoomStack.LookAsync(page, "inspection-warned");
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_what_happened_and_keeps_what_was_typed()
    {
        await World.RegisterAsync("plant-3", "石马河砂石厂");
        var world = World;
        var planned = await world.PlanAsync("plant-3");
        var page = await stack.OpenAsync(Room(planned.InspectionId), "han-a");
        await BeginAsync(page, Kind.Cancel);
        await Dialog(page).Locator("textarea[name=reason]").FillAsync("对象已停业");

        var begun = await world.StartAsync(planned);
        await Dialog(page).Locator("button[type=submit]").ClickAsync();

        await Expect(Dialog(page).Locator("[data-notice=Conflict]")).ToContainTextAsync($"最近一次是 han-b 办理的“开始检查”（条目 {begun.EntryIndex}）");
        await Expect(Dialog(page).Locator("textarea[name=reason]")).ToHaveValueAsync("对象已停业");
        await DutyRoomStack.LookAsync(page, "inspection-conflict");
        Assert.Equal(InspectionState.Started, (await world.StateAsync(planned.InspectionId)).State);
    }

    [Fact]
    public async Task The_list_is_filtered_by_state_and_reads_in_english_and_an_object_shows_its_inspections()
    {
        await World.RegisterAsync("plant-4", "悦来水泥厂");
        var begun = await World.StartAsync(await World.PlanAsync("plant-4"));
        await World.RegisterAsync("plant-5", "蔡家食品厂");
        var planned = await World.PlanAsync("plant-5");

        var page = await stack.OpenAsync("/inspections?mine=true", "han-a", "c=en|uic=en");
        await Expect(page.Locator($"[data-row='{planned.InspectionId}'] [data-inspection-state=Planned]")).ToHaveTextAsync("planned");
        await Expect(page.Locator($"[data-row='{begun.InspectionId}']")).ToContainTextAsync("悦来水泥厂");
        await DutyRoomStack.LookAsync(page, "inspections-english");
        await page.SelectOptionAsync("select[name=inspection-state]", "Started");
        await Expect(page).ToHaveURLAsync(new Regex("state=Started"));
        await Expect(page.Locator($"[data-row='{planned.InspectionId}']")).ToHaveCountAsync(0);
        await Expect(page.Locator($"[data-row='{begun.InspectionId}']")).ToBeVisibleAsync();

        var about = await stack.OpenAsync("/registers/objects/plant-4", "han-a");
        await Expect(about.Locator($"[data-panel=inspections] [data-row='{begun.InspectionId}'] a")).ToContainTextAsync(begun.Number);
        await DutyRoomStack.LookAsync(about, "inspection-object");
    }

    private static ILocator Dialog(IPage page) => page.Locator("[data-dialog=inspection]");

    private static string Room(string id) => $"/inspections/{Uri.EscapeDataString(id)}";

    private static async Task FillPlanAsync(IPage page)
    {
        await Dialog(page).Locator("select[name=trigger]").SelectOptionAsync("YearlyPlan");
        await Dialog(page).Locator("input[name=reference]").FillAsync("2026年度第7项");
        await Dialog(page).Locator("select[name=item_id]").SelectOptionAsync("item-environment");
        await Expect(Dialog(page).Locator("select[name=unit_id]")).ToHaveValueAsync(ProcedurePeople.Team);
        await Dialog(page).Locator("input[name=officer_ids][value='han-a']").CheckAsync();
        await Dialog(page).Locator("input[name=officer_ids][value='han-b']").CheckAsync();
        await Dialog(page).Locator("input[name=window_from]").FillAsync(InspectionWorld.Civil(-1));
        await Dialog(page).Locator("input[name=window_until]").FillAsync(InspectionWorld.Civil(24));
        await Dialog(page).Locator("select[name=retention]").SelectOptionAsync("TenYears");
    }

    private static async Task BeginAsync(IPage page, Kind kind)
    {
        await page.Locator($"[data-panel=next] [data-act={kind}]").ClickAsync();
        await page.Locator($"[data-dialog=inspection][data-kind={kind}] button[type=submit]:enabled").WaitForAsync();
    }

    // The act itself: the dialog goes when it is in the ledger.
    private static async Task SendAsync(IPage page)
    {
        await Dialog(page).Locator("button[type=submit]").ClickAsync();
        await page.Locator("[data-dialog=inspection] .notice.bad[data-notice], .notice[data-notice=Done]:not([data-dialog] *)").First.WaitForAsync();
        Assert.Equal([], await page.Locator("[data-dialog=inspection] .notice.bad[data-notice]").AllTextContentsAsync());
        await Expect(Dialog(page)).ToHaveCountAsync(0);
    }
}
