using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

/// <summary>Cases walked by clicking, each step by the person whose it is, against the real service.</summary>
public sealed class ProcessRoomTests(ProcedureStack stack) : IClassFixture<ProcedureStack>
{
    [Fact]
    public async Task A_lead_is_filed_approved_assigned_and_investigated_by_clicking()
    {
        var id = await stack.OpenCaseAsync("桃花溪倾倒垃圾案");

        var handler = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await Expect(handler.Locator("[data-flow=A1Lead] [data-state=A1Lead]")).ToHaveAttributeAsync("data-look", "Current");
        await Expect(handler.Locator("[data-flow] [data-state=B0Filed]")).ToHaveAttributeAsync("data-look", "Possible");
        await DutyRoomStack.LookAsync(handler, "process-lead");
        await handler.BeginAsync(ProcedureActKind.File);
        await FillFilingAsync(handler);
        await handler.Locator("[data-act=try]").ClickAsync();
        await Expect(handler.Locator("[data-dialog=act] [data-notice=Done]")).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(handler, "process-act-file");
        await handler.SendAsync();
        await Expect(handler.Locator("[data-pending=File]")).ToContainTextAsync("向河道倾倒垃圾");
        await DutyRoomStack.LookAsync(handler, "process-pending");

        var head = await stack.OpenAsync(ActSteps.Room(id), "head-agency");
        await head.Locator("[data-pending] [data-act=Approve]").ClickAsync();
        await head.FillAsync("[data-dialog=act] textarea[name=opinion]", "同意立案");
        await DutyRoomStack.LookAsync(head, "process-approve");
        await head.SendAsync();
        await Expect(head.Locator("[data-state=B0Filed]").First).ToBeVisibleAsync();

        var unit = await stack.OpenAsync(ActSteps.Room(id), "head-unit");
        await unit.BeginAsync(ProcedureActKind.AssignOfficers);
        await unit.SelectOptionAsync("[data-dialog=act] select[name=first_officer_id]", "han-a");
        await unit.SelectOptionAsync("[data-dialog=act] select[name=second_officer_id]", "han-b");
        await unit.SendAsync();

        // The handler's own window has followed all this.
        await Expect(handler.Locator("[data-flow=B1Investigating]")).ToBeVisibleAsync();
        await Expect(handler.Locator("[data-clock=D-01]")).ToHaveAttributeAsync("data-urgency", "calm");
        await handler.BeginAsync(ProcedureActKind.RecordInvestigation);
        await Expect(handler.Locator("[data-dialog=act] select[name=act-second]")).ToHaveValueAsync("han-b");
        await handler.SelectOptionAsync("[data-dialog=act] select[name=kind]", "Inquiry");
        await handler.FillAsync("[data-dialog=act] textarea[name=content]", "问：……答：……");
        await handler.FillAsync("[data-dialog=act] input[name=from]", "2026-11-28T09:00");
        await handler.FillAsync("[data-dialog=act] input[name=until]", "2026-11-28T09:40");
        await handler.CheckAsync("[data-dialog=act] input[name=signed]");
        await handler.Locator("[data-act=try]").ClickAsync();
        // Not lawful without the certificate shown: named, with the article; and gone once it is said.
        var failed = handler.Locator("[data-dialog=act] [data-guard-failed=ID_SHOWN]");
        await Expect(failed.Locator("[data-article='APL-55']")).ToContainTextAsync("第五十五条");
        await Expect(failed.Locator(".remedy")).ToContainTextAsync("出示执法证件");
        await DutyRoomStack.LookAsync(handler, "process-refused");
        await handler.CheckAsync("[data-dialog=act] input[name=identity_shown]");
        await Expect(failed).ToHaveCountAsync(0);
        await handler.SendAsync();
        await Expect(handler.Locator("[data-list=acts]")).ToContainTextAsync("制作笔录");
        await DutyRoomStack.LookAsync(handler, "process-investigating");

        var state = await stack.CaseAsync(id);
        Assert.Equal((ProcedureState.B1Investigating, 1), (state.State, state.Records.Count));
        Assert.Equal(["han-a", "han-b"], state.Participants.Where(person => person.IsHandlerNow).Select(person => person.OfficerId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_what_happened_and_keeps_what_was_typed()
    {
        var id = await stack.OpenCaseAsync("两人同时办理的案件");
        var page = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await page.BeginAsync(ProcedureActKind.CloseLead);
        await page.FillAsync("[data-dialog=act] textarea[name=reason]", "经核实没有违法事实");
        await page.SelectOptionAsync("[data-dialog=act] select[name=reason_code]", "no-violation");

        await stack.ActAsync(id, ProcedureActKind.File, "han-b", OfficerRole.Handler, act => act.Filing = OrdinaryPath.Filing("environment"));
        await page.Locator("[data-dialog=act] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-dialog=act] [data-notice=Conflict]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-list=since]")).ToContainTextAsync("立案");
        await Expect(page.Locator("[data-list=since]")).ToContainTextAsync("李协办");
        await Expect(page.Locator("[data-dialog=act] textarea[name=reason]")).ToHaveValueAsync("经核实没有违法事实");
        await DutyRoomStack.LookAsync(page, "process-conflict");
        Assert.Equal(ProcedureState.A1Lead, (await stack.CaseAsync(id)).State);
    }

    [Fact]
    public async Task A_request_goes_back_with_its_reason()
    {
        var id = await stack.OpenCaseAsync("退回的立案");
        await stack.ActAsync(id, ProcedureActKind.File, "han-a", OfficerRole.Handler, act => act.Filing = OrdinaryPath.Filing("environment"));
        var head = await stack.OpenAsync(ActSteps.Room(id), "head-agency");

        await head.Locator("[data-pending] [data-act=ReturnRequest]").ClickAsync();
        await head.FillAsync("[data-dialog=act] textarea[name=opinion]", "补充现场照片");
        await head.SendAsync();
        await Expect(head.Locator("[data-pending]")).ToHaveCountAsync(0);

        Assert.Null((await stack.CaseAsync(id)).Pending);
    }

    [Fact]
    public async Task A_document_is_previewed_issued_read_and_bound_to_its_signed_scan()
    {
        var id = await stack.OpenCaseAsync("制作文书的案件");
        await stack.FileAsync(id);
        var page = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await Expect(page.Locator("[data-case]")).ToBeVisibleAsync(); // until then a key has no case
        await page.Keyboard.PressAsync("d");
        await page.SelectOptionAsync("[data-dialog=act] select[name=kind]", "FilingApproval");
        var boxes = page.Locator("[data-template] [name^='fields.']");
        await Expect(boxes.First).ToBeVisibleAsync();
        for (var box = 0; box < await boxes.CountAsync(); box++)
            await boxes.Nth(box).FillAsync($"填写第{box}项");
        await page.Locator("[data-act=preview]").ClickAsync();
        await Expect(page.FrameLocator("[data-dialog=act] iframe").Locator("body")).ToContainTextAsync("填写第10项");
        await DutyRoomStack.LookAsync(page, "process-document-preview");
        await page.SendAsync();

        var row = page.Locator("[data-list=documents] [data-document]").First;
        await Expect(row).ToContainTextAsync("立案审批表");
        await Expect(row).ToContainTextAsync("未绑定");
        await row.Locator("[data-view]").ClickAsync();
        await Expect(page.FrameLocator("[data-list=documents] iframe").Locator("body")).ToContainTextAsync("填写第10项");
        await page.Locator("[data-list=documents] iframe").ScrollIntoViewIfNeededAsync();
        await DutyRoomStack.LookAsync(page, "process-document");
        var document = (await stack.CaseAsync(id)).Documents.Single();
        var shown = await page.Context.APIRequest.GetAsync($"/case-document?case={Uri.EscapeDataString(id)}&document={Uri.EscapeDataString(document.DocumentId)}");
        Assert.Contains("sandbox", shown.Headers["content-security-policy"], StringComparison.Ordinal);

        await page.Locator("[data-act=BindScan]").ClickAsync();
        await page.SelectOptionAsync("[data-dialog=act] select[name=document_id]", document.DocumentId);
        await page.FillAsync("[data-dialog=act] input[name=draft_sha256]", Convert.ToHexStringLower(document.DraftSha256.Span));
        await page.FillAsync("[data-dialog=act] input[name=scan_sha256]", new string('a', 64));
        await page.SendAsync();
        await Expect(row).ToContainTextAsync("已绑定");
    }

    [Fact]
    public async Task The_process_reads_in_english_too()
    {
        var id = await stack.OpenCaseAsync("Taohua creek");
        await stack.FileAsync(id);
        var page = await stack.OpenAsync(ActSteps.Room(id), "han-a", "c=en|uic=en");

        await Expect(page.Locator("[data-process-state=B0Filed]")).ToHaveTextAsync("filed");
        await DutyRoomStack.LookAsync(page, "process-english");
        await page.SetViewportSizeAsync(1280, 800);
        await DutyRoomStack.LookAsync(page, "process-1280");
    }

    private static async Task FillFilingAsync(IPage page)
    {
        var filing = OrdinaryPath.Filing("environment");
        await page.SelectOptionAsync("[data-dialog=act] select[name=item_id]", filing.ItemId);
        await page.SelectOptionAsync("[data-dialog=act] select[name=party_kind]", "Citizen");
        await page.FillAsync("[data-dialog=act] input[name=party_name]", filing.PartyName);
        await page.FillAsync("[data-dialog=act] input[name=place]", filing.Place);
        await page.FillAsync("[data-dialog=act] input[name=act_from_day]", filing.ActFromDay);
        await page.FillAsync("[data-dialog=act] input[name=act_through_day]", filing.ActThroughDay);
        await page.FillAsync("[data-dialog=act] textarea[name=facts]", filing.Facts);
        await page.FillAsync("[data-dialog=act] textarea[name=filing_standard]", filing.FilingStandard);
    }
}
