using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

/// <summary>Each stage of the ordinary path at its dialog, after what came before was done over the wire.</summary>
public sealed class CaseOnItsWayTests(ProcedureStack stack) : IClassFixture<ProcedureStack>
{
    [Fact]
    public async Task One_key_records_four_explicit_yeses_of_each_item_and_a_no_needs_its_reason()
    {
        var id = await stack.OpenCaseAsync("证据审核");
        List<string> keys = [];
        for (var item = 0; item < 4; item++)
            keys.Add(await stack.Driver.Footage.AttachAsync(id, "000001"));
        await stack.ActAsync(id, ProcedureActKind.SubmitEvidence, "han-a", OfficerRole.Handler);

        var page = await stack.OpenAsync(ActSteps.Room(id), "evi");
        await page.BeginAsync(ProcedureActKind.ReviewEvidence);
        await page.Act("[data-act=tick-all]").ClickAsync();
        await Expect(page.Act("input[name=tick]:checked")).ToHaveCountAsync(4);
        await page.Act($"[data-item='{keys[3]}'] input[name=tick]").UncheckAsync();
        await page.Keyboard.PressAsync("y");
        await Expect(page.Act("tr.answered")).ToHaveCountAsync(3);
        var doubted = page.Act($"[data-item='{keys[3]}']");
        foreach (var (question, answer) in new[] { ("is_true", "Yes"), ("is_clear", "No"), ("is_complete", "Yes"), ("is_accurate", "Yes") })
            await doubted.Locator($"select[name={question}]").SelectOptionAsync(answer);
        await page.RefusedAsync("NO_WITH_REASON", "APL-41");
        await DutyRoomStack.LookAsync(page, "process-review");
        await doubted.Locator("input[name=reason]").FillAsync("画面过暗，无法辨认");
        await page.SendAsync();
        await Expect(page.Locator($"[data-list=case-evidence] [data-item='{keys[3]}']")).ToContainTextAsync("画面过暗");
        await DutyRoomStack.LookAsync(page, "process-reviewed");

        var reviewed = (await stack.CaseAsync(id)).Evidence;
        Assert.Equal([EvidenceOutcome.Evidence, EvidenceOutcome.Evidence, EvidenceOutcome.Evidence, EvidenceOutcome.Excluded], reviewed.Select(item => item.Outcome));
        Assert.All(reviewed.Take(3), item => Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes, Answer.Yes), (item.Review.IsTrue, item.Review.IsClear, item.Review.IsComplete, item.Review.IsAccurate)));
        // What was excluded is offered to no document.
        var handler = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await handler.BeginAsync(ProcedureActKind.IssueDocument);
        Assert.Equal(keys[..3], await handler.Act("[data-choices=evidence_keys] input").EvaluateAllAsync<string[]>("boxes => boxes.map(box => box.value)"));
    }

    [Fact]
    public async Task A_legal_opinion_answers_every_point_of_the_checklist()
    {
        var id = await stack.OpenCaseAsync("法制审核");
        var path = stack.Path(id);
        await path.FileAsync();
        await path.InvestigateAsync();

        var unit = await stack.OpenAsync(ActSteps.Room(id), "head-unit");
        await unit.BeginAsync(ProcedureActKind.SubmitReview);
        await unit.RefusedAsync("HEAD_ANSWERS", "CQ-S4");
        await unit.TickAsync("true_accurate_complete");
        await unit.SendAsync();

        var legal = await stack.OpenAsync(ActSteps.Room(id), "legal");
        await legal.BeginAsync(ProcedureActKind.GiveOpinion);
        await legal.TypeAsync(("text", "同意拟处罚意见"));
        await legal.TickAsync("agrees");
        var points = legal.Act("[data-point]");
        await Expect(points).ToHaveCountAsync(8);
        for (var point = 0; point < 7; point++)
            await points.Nth(point).Locator("input[value=yes]").CheckAsync();
        await Expect(await legal.RefusedAsync("CHECKLIST", "APL-58")).ToContainTextAsync("涉嫌犯罪");
        await DutyRoomStack.LookAsync(legal, "process-opinion");
        await points.Nth(7).Locator("input[value=yes]").CheckAsync();
        await legal.SendAsync();

        var state = await stack.CaseAsync(id);
        Assert.Equal((ProcedureState.D0Notice, 8, true), (state.State, state.Opinion.Checklist.Count, state.Opinion.Agrees));
        Assert.Equal(state.ReportSha256, state.ReviewedSha256);
    }

    [Fact]
    public async Task A_notice_is_printed_scanned_back_by_its_hash_and_served_with_proof()
    {
        var id = await stack.OpenCaseAsync("告知书送达");
        await ToNoticeAsync(id);
        var page = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await page.BeginAsync(ProcedureActKind.IssueDocument);
        await page.ChooseAsync("kind", "PenaltyNotice");
        await page.TypeAsync(("fields.party_address", "渝北区"), ("fields.violated", "第四十九条"), ("fields.reasons", "情节较轻"), ("fields.agency_address", "余松路"),
            ("fields.agency_contact", "张承办 023-0000"), ("fields.defence_days", "三"));
        await page.Act("[data-act=preview]").ClickAsync();
        await Expect(page.FrameLocator("[data-dialog=act] iframe").Locator("body")).ToContainTextAsync("情节较轻");
        await page.SendAsync();
        var notice = (await stack.CaseAsync(id)).Documents[^1];

        await page.BeginAsync(ProcedureActKind.ServeNotice);
        await Expect(page.Act("select[name=document_id]")).ToHaveValueAsync(notice.DocumentId);
        await page.ChooseAsync("method", "Direct");
        await page.TypeAsync(("served_at", ActSteps.Minute()), ("receiver", "刘某"), ("proof", "送达回证001"));
        await Expect((await page.RefusedAsync("SCAN_BOUND")).Locator(".remedy")).ToContainTextAsync("扫描回传");
        await DutyRoomStack.LookAsync(page, "process-service");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Act()).ToHaveCountAsync(0);

        await BindAsync(page, notice, await stack.Driver.Footage.UploadAsync("000001"));
        await page.BeginAsync(ProcedureActKind.ServeNotice);
        await page.ChooseAsync("method", "Direct");
        await page.TypeAsync(("served_at", ActSteps.Minute()), ("receiver", "刘某"), ("proof", "送达回证001"));
        await page.SendAsync();
        await Expect(page.Locator($"[data-document='{notice.DocumentId}']")).ToContainTextAsync("直接送达");
        await DutyRoomStack.LookAsync(page, "process-served");
        var state = await stack.CaseAsync(id);
        Assert.Equal((ProcedureState.D1Defence, "送达回证001"), (state.State, state.Documents.Single(document => document.DocumentId == notice.DocumentId).Service.Proof));
    }

    [Fact]
    public async Task A_decision_is_what_was_reviewed_and_the_agency_heads()
    {
        var id = await stack.OpenCaseAsync("处罚决定");
        await (await ToNoticeAsync(id)).NotifyAsync();
        var handler = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await handler.BeginAsync(ProcedureActKind.WaiveDefence);
        await handler.TypeAsync(("text", "放弃陈述申辩和听证"), ("how", "书面"));
        await handler.TickAsync("hearing_too");
        await handler.Act("select[name=evidence_key]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await handler.SendAsync();

        await handler.BeginAsync(ProcedureActKind.DecidePenalty);
        await Expect(handler.Act("[name='sanction.fine_fen']")).ToHaveValueAsync("2000");
        await handler.TypeAsync(("sanction.fine_fen", "3000"), ("reasons", "事实清楚，证据确实"), ("remedy", "六十日内申请行政复议，六个月内提起行政诉讼"), ("payment_place", "工商银行渝北支行"));
        await Expect(await handler.RefusedAsync("NOT_HEAVIER", "APL-45")).ToBeInViewportAsync(); // below a long form
        await DutyRoomStack.LookAsync(handler, "process-decision");
        await handler.TypeAsync(("sanction.fine_fen", "2000"));
        await handler.SendAsync();
        await Expect(handler.Locator("[data-pending=DecidePenalty]")).ToContainTextAsync("2000 元");

        var head = await stack.OpenAsync(ActSteps.Room(id), "head-agency");
        await Expect(head.Locator("[data-pending=DecidePenalty]")).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(head, "process-decision-pending");
        await head.Keyboard.PressAsync("a");
        await head.TypeAsync(("opinion", "同意"));
        await head.SendAsync();
        var state = await stack.CaseAsync(id);
        Assert.Equal((ProcedureState.E1Decided, 200_000), (state.State, state.Decision.Sanction.FineFen));
    }

    [Fact]
    public async Task What_is_owed_is_paid_in_parts_the_case_is_closed_and_archived_when_its_file_is_whole()
    {
        var id = await stack.OpenCaseAsync("缴款结案归档");
        var path = await ToNoticeAsync(id);
        await path.NotifyAndWaiveAsync();
        await path.DecideAsync();
        var handler = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await PayAsync(handler, "2000", "500");
        await handler.BeginAsync(ProcedureActKind.CloseCase);
        await handler.TypeAsync(("reason", "履行完毕"));
        await Expect(await handler.RefusedAsync("PERFORMED", "APL-66")).ToContainTextAsync("1500.00 元");
        await DutyRoomStack.LookAsync(handler, "process-closing");
        await handler.Keyboard.PressAsync("Escape");
        await Expect(handler.Act()).ToHaveCountAsync(0);
        await PayAsync(handler, "1500", "1500");
        await stack.Driver.ApprovedAsync(id, ProcedureActKind.CloseCase, "head-agency", OfficerRole.AgencyHead, act => act.Closing = new Closing { Reason = "履行完毕" });

        var custodian = await stack.OpenAsync(ActSteps.Room(id), "custodian");
        await Expect(custodian.Locator("[data-panel=missing]")).ToContainTextAsync("结案审批表");
        await custodian.BeginAsync(ProcedureActKind.Archive);
        await custodian.ChooseAsync("retention", "ThirtyYears");
        await custodian.TypeAsync(("page_count", "60"), ("archive_number", "2026-001"));
        await custodian.RefusedAsync("FILE_COMPLETE", "APL-47");
        await DutyRoomStack.LookAsync(custodian, "process-archive");
        await custodian.Keyboard.PressAsync("Escape");
        await stack.Driver.DocumentAsync(id, DocumentKind.ClosingApproval, ("performance", "已缴清"), ("handler_opinion", "建议结案"));
        await Expect(custodian.Locator("[data-panel=missing]")).ToHaveCountAsync(0);
        await custodian.BeginAsync(ProcedureActKind.Archive);
        await custodian.ChooseAsync("retention", "ThirtyYears");
        await custodian.TypeAsync(("page_count", "60"), ("archive_number", "2026-001"));
        await custodian.SendAsync();
        await Expect(custodian.Locator("[data-state=G1Archived]").First).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(custodian, "process-archived");
        Assert.Equal(ProcedureState.G1Archived, (await stack.CaseAsync(id)).State);
    }

    private async Task<OrdinaryPath> ToNoticeAsync(string id)
    {
        var path = stack.Path(id);
        await path.FileAsync();
        await path.InvestigateAsync();
        await path.ReviewAsync();
        return path;
    }

    // The paper's foot is typed: another paper's hash binds nothing.
    private static async Task BindAsync(IPage page, CaseDocument document, ulong scan)
    {
        await page.BeginAsync(ProcedureActKind.BindScan);
        await page.ChooseAsync("document_id", document.DocumentId);
        await page.TypeAsync(("draft_sha256", new string('0', 64)), ("manifest_index", $"{scan}"));
        await page.RefusedAsync("DRAFT_SAME", "APL-59");
        await DutyRoomStack.LookAsync(page, "process-scan");
        await page.TypeAsync(("draft_sha256", Convert.ToHexStringLower(document.DraftSha256.Span)));
        await page.SendAsync();
        await Expect(page.Locator($"[data-document='{document.DocumentId}']")).ToContainTextAsync("已绑定");
    }

    private static async Task PayAsync(IPage page, string owed, string paid)
    {
        await page.BeginAsync(ProcedureActKind.RecordPayment);
        await Expect(page.Act("[name=amount_fen]")).ToHaveValueAsync(owed);
        await page.TypeAsync(("amount_fen", paid), ("receipt", "银行回单001"), ("collected_by", "工商银行渝北支行"));
        await page.SendAsync();
    }
}
