using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

/// <summary>What is beside the ordinary path, at its dialogs: the simple procedure, dispatch and rectification, deadlines.</summary>
public sealed class CaseAsideTests(ProcedureStack stack) : IClassFixture<ProcedureStack>
{
    [Fact]
    public async Task On_the_spot_a_warning_under_a_leased_number_is_decided_and_reported()
    {
        var id = await stack.OpenCaseAsync("当场处罚");
        var number = await LeaseAsync();
        var page = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await page.BeginAsync(ProcedureActKind.StartSimple);
        await page.ChooseAsync("act-second", "han-b");
        await page.ChooseAsync("finding.item_id", "item-environment");
        await page.ChooseAsync("finding.party_kind", "Citizen");
        await page.TypeAsync(("finding.place", "桃花溪"), ("finding.party_name", "刘某"), ("finding.act_from_day", "2026-11-20"), ("finding.act_through_day", "2026-11-20"),
            ("finding.facts", "向河道倾倒垃圾"), ("finding.filing_standard", "事实确凿并有法定依据"), ("statement", "无"));
        await page.TickAsync("basis", "APL-28");
        await page.TickAsync("identity_shown");
        await Expect((await page.RefusedAsync("RIGHTS_TOLD", "APL-44")).Locator(".remedy")).ToContainTextAsync("当场口头告知");
        await DutyRoomStack.LookAsync(page, "process-simple");
        await page.TickAsync("rights_told");
        await page.SendAsync();

        await page.BeginAsync(ProcedureActKind.DecideSimple);
        await page.ChooseAsync("act-second", "han-b");
        await page.TickAsync("sanction.kinds", "Fine");
        await page.TypeAsync(("sanction.fine_fen", "500"), ("sanction.text", "罚款"), ("reasons", "事实确凿"), ("remedy", "六十日内先申请行政复议"), ("leased_number", number));
        await page.RefusedAsync("SIMPLE_LIMIT", "APL-51");
        await page.TypeAsync(("sanction.fine_fen", "200"));
        await DutyRoomStack.LookAsync(page, "process-simple-decision");
        await page.SendAsync();
        await stack.Driver.DocumentAsync(id, DocumentKind.SimpleDecision, ("party_address", "渝北区"), ("violated", "第四十九条"), ("payment", "到银行缴纳"),
            ("basis_text", "《中华人民共和国行政处罚法》第二十八条"), ("sanction_text", "罚款"), ("review_body", "渝北区人民政府"), ("court", "渝北区人民法院"));
        page = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await page.BeginAsync(ProcedureActKind.ReportSimple);
        await page.SendAsync();

        var state = await stack.CaseAsync(id);
        Assert.Equal((ProcedureState.X3SimpleReported, 20_000, number), (state.State, state.Decision.Sanction.FineFen, state.Decision.LeasedNumber));
    }

    [Fact]
    public async Task What_was_dispatched_is_rectified_with_photos_and_rechecked_by_another()
    {
        var id = await stack.OpenCaseAsync("河岸堆放垃圾", "river");
        var (before, after) = (await stack.Driver.Footage.AttachAsync(id, "000001"), await stack.Driver.Footage.AttachAsync(id, "000001"));
        var unit = await stack.OpenAsync(ActSteps.Room(id), "head-unit");
        await unit.BeginAsync(ProcedureActKind.Dispatch);
        await unit.TypeAsync(("receiver", "桃花溪镇级河长"), ("due_at", ActSteps.Minute(days: 7)), ("demand", "清除岸边垃圾"));
        await unit.RefusedAsync("LEVEL", "CQ-RIVER-15");
        await unit.ChooseAsync("receiver_level", "town");
        await DutyRoomStack.LookAsync(unit, "process-dispatch");
        await unit.SendAsync();

        var handler = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await handler.BeginAsync(ProcedureActKind.Rectify);
        await handler.TypeAsync(("measures", "已清运"));
        await handler.TickAsync("before_keys", before);
        await handler.RefusedAsync("BEFORE_AFTER", "CQ-RIVER-15");
        await handler.TickAsync("after_keys", after);
        await DutyRoomStack.LookAsync(handler, "process-rectify");
        await handler.SendAsync();

        // Not good enough: it goes back, and is rechecked again.
        await RecheckAsync(unit, "仍有残留", passed: false, "A7Dispatched");
        await stack.ActAsync(id, ProcedureActKind.Rectify, "han-a", OfficerRole.Handler,
            act => act.Rectification = new Rectification { Measures = "再次清运", BeforeKeys = { before }, AfterKeys = { after } });
        await RecheckAsync(unit, "现场已清理", passed: true, "A9Rechecked");
        Assert.Equal(ProcedureState.A9Rechecked, (await stack.CaseAsync(id)).State);
    }

    [Fact]
    public async Task A_deadline_is_extended_within_its_limit_stands_still_and_goes_on()
    {
        var id = await stack.OpenCaseAsync("期限延长");
        await stack.FileAsync(id);
        var page = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await page.BeginAsync(ProcedureActKind.ExtendDeadline);
        await page.ChooseAsync("deadline_id", "D-01");
        await page.ChooseAsync("reason_code", "complex");
        await page.TypeAsync(("units", "40"), ("reason", "取证量大"));
        await Expect(await page.RefusedAsync("EXTENSION_LIMIT")).ToContainTextAsync("30");
        await DutyRoomStack.LookAsync(page, "process-extension");
        await page.TypeAsync(("units", "20"));
        await page.SendAsync();
        await ApproveAsync(page, id, "head-agency", OfficerRole.AgencyHead);
        var clock = page.Locator("[data-clock=D-01]");
        await Expect(clock).ToContainTextAsync("已延长 20");

        await page.BeginAsync(ProcedureActKind.PauseClock);
        await page.ChooseAsync("deadline_id", "D-01");
        await page.ChooseAsync("reason_code", "hearing");
        await page.TypeAsync(("reason", "举行听证"));
        await page.SendAsync();
        await ApproveAsync(page, id, "head-unit", OfficerRole.UnitHead);
        await Expect(clock).ToHaveAttributeAsync("data-urgency", "paused");
        await Expect(clock).ToContainTextAsync("听证期间");
        await DutyRoomStack.LookAsync(page, "process-paused");
        await page.BeginAsync(ProcedureActKind.ResumeClock);
        await page.ChooseAsync("deadline_id", "D-01");
        await page.SendAsync();
        await Expect(clock).ToHaveAttributeAsync("data-urgency", "calm");
        Assert.Equal(20u, (await stack.CaseAsync(id)).Clocks.Single(held => held.DeadlineId == "D-01").Extensions.Single().Units);
    }

    [Fact]
    public async Task The_other_case_suggests_itself_with_its_reasons_or_is_found_by_its_title()
    {
        var first = await stack.Driver.OpenAsync("三号排口夜间倾倒", place: "桃花溪3号排口");
        var second = await stack.Driver.OpenAsync("三号排口再次倾倒", place: "桃花溪3号排口");
        var elsewhere = await stack.Driver.OpenAsync("御临河采砂", place: "御临河");
        var page = await stack.OpenAsync(ActSteps.Room(second), "head-unit");
        await page.BeginAsync(ProcedureActKind.Merge);
        var near = page.Act($"[data-find='{first}']");
        await Expect(near).ToContainTextAsync("同一地点");
        await Expect(page.Act($"[data-find='{elsewhere}']")).ToHaveCountAsync(0);
        await DutyRoomStack.LookAsync(page, "process-merge");
        await page.TypeAsync(("case_id", "御临河"));
        await Expect(page.Act($"[data-find='{elsewhere}']")).ToContainTextAsync("御临河采砂");
        await page.TypeAsync(("case_id", ""));
        await near.ClickAsync();
        await Expect(page.Act("input[name=case_id]")).ToHaveValueAsync(first);
        await Expect(page.Act("[data-find-box=case_id] .chosen")).ToContainTextAsync("三号排口夜间倾倒");
        await page.TypeAsync(("reason", "同一地点同一行为"));
        await page.SendAsync();
        Assert.Equal(first, (await stack.CaseAsync(second)).Links.Single().OtherCaseId);
    }

    [Fact]
    public async Task The_party_is_found_by_name_or_number_and_its_number_stays_masked()
    {
        await stack.Driver.RegisterAsync(
        [
            new RegisterChange { Id = "p-liu", EnforcementObject = new EnforcementObject { Kind = ObjectKind.Person, Name = "刘某某", IdentityType = "居民身份证", IdentityNumber = "11010519491231002X" } },
            new RegisterChange { Id = "v-7781", EnforcementObject = new EnforcementObject { Kind = ObjectKind.Vehicle, Plate = "渝A77810" } },
        ]);
        var id = await stack.OpenCaseAsync("查找当事人");
        var page = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await page.BeginAsync(ProcedureActKind.File);
        await page.TypeAsync(("object_id", "渝A77810"));
        await Expect(page.Act("[data-find=v-7781]")).ToContainTextAsync("渝A77810");
        await page.TypeAsync(("object_id", "刘"));
        var person = page.Act("[data-find=p-liu]");
        await Expect(person).ToContainTextAsync("刘某某");
        await Expect(person).ToContainTextAsync("*");
        await Expect(person).Not.ToContainTextAsync("19491231");
        await DutyRoomStack.LookAsync(page, "process-party");
        await person.ClickAsync();
        await Expect(page.Act("input[name=object_id]")).ToHaveValueAsync("p-liu");
    }

    [Fact]
    public async Task Who_was_assigned_and_has_not_acted_yet_shows_by_his_name()
    {
        var id = await stack.OpenCaseAsync("刚刚指派");
        await stack.FileAsync(id);
        await stack.ActAsync(id, ProcedureActKind.AssignOfficers, "head-unit", OfficerRole.UnitHead, act => act.Officers = new OfficersAssigned { FirstOfficerId = "han-a", SecondOfficerId = "han-c" });

        var page = await stack.OpenAsync(ActSteps.Room(id), "han-a");
        await Expect(page.Locator("[data-person=han-c]")).ToContainTextAsync("王他案");
        var work = await stack.OpenAsync("/work?list=All", "han-a");
        await Expect(work.Locator($"[data-row='{id}']")).ToContainTextAsync("王他案");
        await DutyRoomStack.LookAsync(work, "work-handlers");
    }

    private static async Task RecheckAsync(IPage page, string finding, bool passed, string state)
    {
        await page.BeginAsync(ProcedureActKind.Recheck);
        await page.TypeAsync(("finding", finding));
        if (passed)
            await page.TickAsync("passed");
        await page.SendAsync();
        await Expect(page.Locator($"[data-case][data-state={state}]")).ToBeVisibleAsync();
    }

    private async Task<string> LeaseAsync() => (await stack.Driver.Acts.LeaseNumbersAsync(new LeaseNumbersRequest
    {
        Actor = new Actor { Id = "p1", Name = "周静" }, AgencyId = ProcedurePeople.Agency, Kind = DocumentKind.SimpleDecision, Count = 10, HolderKind = NumberHolder.Booklet, Holder = "booklet-1", Reason = "领用",
    }, cancellationToken: TestContext.Current.CancellationToken)).FirstText;

    private async Task ApproveAsync(IPage page, string id, string officer, OfficerRole role)
    {
        var asked = await stack.CaseAsync(id);
        await stack.ActAsync(id, ProcedureActKind.Approve, officer, role, act => act.Answer = new RequestAnswer { RequestEntry = asked.Pending.EntryIndex, Opinion = "同意" });
        await Expect(page.Locator("[data-pending]")).ToHaveCountAsync(0); // this window has followed
    }
}
