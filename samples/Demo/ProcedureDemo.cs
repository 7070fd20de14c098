using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

/// <summary>
/// What the registers need besides the sample files (an item, who may handle it, the year's calendar), and one case of the river unit on its way
/// from the lead to the investigation, each step by the person whose step it is.
/// </summary>
internal sealed class ProcedureDemo(GrpcChannel channel, Actor operatorOnDuty, CancellationToken cancellation)
{
    private const string Unit = "yb-water-river";
    private const string Item = "river-dumping";

    private readonly ProcedureActs.ProcedureActsClient _acts = new(channel);
    private readonly ProcedureDesk.ProcedureDeskClient _desk = new(channel);
    private ulong _size;

    public async Task FillRegistersAsync()
    {
        await ChangeAsync(new RegisterChange
        {
            Id = Item,
            Item = new EnforcementItem
            {
                Name = "向河道倾倒、排放废弃物（演示）", Domain = "river", FromDay = "2020-01-01", OffSite = true,
                Basis = { new LegalBasis { Law = "中华人民共和国水污染防治法", Article = "第三十七条", FromDay = "2018-01-01" } },
            },
        });
        await ChangeAsync(new RegisterChange
        {
            Id = "grant-river", Grant = new CompetenceGrant { UnitId = "yb-water", ItemIds = { Item }, Basis = GrantBasis.Statutory, FromDay = "2020-01-01" },
        });
        await ChangeAsync(new RegisterChange { Id = "2026", Calendar = Calendar2026() });
    }

    /// <summary>Does nothing with a case that has moved already: a second start of the demo.</summary>
    public async Task WalkAsync(string caseId)
    {
        ProcedureCase subject = await CaseAsync(caseId);
        if (subject.LifecycleVersion > 1)
            return;
        await ActAsync(caseId, ProcedureActKind.SubmitEvidence, "yb-000001", "张演示", OfficerRole.Handler);
        await ActAsync(caseId, ProcedureActKind.ReviewEvidence, "yb-000005", "赵演示", OfficerRole.EvidenceReviewer, act =>
        {
            act.EvidenceReview = new EvidenceReview();
            act.EvidenceReview.Items.AddRange(subject.Evidence.Select(item => new ItemReview
            {
                EvidenceKey = item.Source.Key, IsTrue = Answer.Yes, IsClear = Answer.Yes, IsComplete = Answer.Yes, IsAccurate = Answer.Yes,
            }));
        });
        ProcedureCase asked = await ActAsync(caseId, ProcedureActKind.File, "yb-000001", "张演示", OfficerRole.Handler, act => act.Filing = Filing());
        await ActAsync(caseId, ProcedureActKind.Approve, "yb-000007", "周演示", OfficerRole.AgencyHead,
            act => act.Answer = new RequestAnswer { RequestEntry = asked.Pending.EntryIndex, Opinion = "同意立案" });
        await ActAsync(caseId, ProcedureActKind.AssignOfficers, "yb-000006", "钱演示", OfficerRole.UnitHead,
            act => act.Officers = new OfficersAssigned { FirstOfficerId = "yb-000001", SecondOfficerId = "yb-000002" });
        await ActAsync(caseId, ProcedureActKind.IssueDocument, "yb-000001", "张演示", OfficerRole.Handler, act => act.Document = new IssuedDocument
        {
            Kind = DocumentKind.FilingApproval, Fields = { ["party_address"] = "渝北区（演示）", ["handler_opinion"] = "建议立案调查" },
        });
        await ActAsync(caseId, ProcedureActKind.RecordInvestigation, "yb-000001", "张演示", OfficerRole.Handler, act => act.Record = new InvestigationRecord
        {
            Kind = InvestigationRecordKind.Scene, From = Now(), Until = Now(), Place = "桃花溪3号排口", IdentityShown = true, Signed = true,
            Content = "排口有白色浑浊水流出，水面泛白；已取样、拍照、录像（演示）。",
        }, second: "yb-000002");
    }

    private static Filing Filing() => new()
    {
        ItemId = Item, UnitId = Unit, Place = "渝北区 桃花溪 3号排口", PartyKind = PartyKind.Organisation, PartyName = "演示企业",
        ActFromDay = Today(), ActThroughDay = Today(), Facts = "夜间向桃花溪排放未经处理的废水（演示）", FilingStandard = "有初步证据证明存在违法行为",
    };

    // 国务院办公厅关于2026年部分节假日安排的通知.
    private static WorkingCalendar Calendar2026()
    {
        WorkingCalendar calendar = new() { Source = "国务院办公厅关于2026年部分节假日安排的通知" };
        foreach ((string first, int days) in new[] { ("2026-01-01", 3), ("2026-02-15", 9), ("2026-04-04", 3), ("2026-05-01", 5), ("2026-06-19", 3), ("2026-09-25", 3), ("2026-10-01", 7) })
        {
            DateOnly day = DateOnly.ParseExact(first, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            calendar.Holidays.AddRange(Enumerable.Range(0, days).Select(i => day.AddDays(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        }

        calendar.MakeUpDays.AddRange(["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]);
        return calendar;
    }

    private async Task ChangeAsync(RegisterChange change)
    {
        change.Reason = "演示";
        try
        {
            await new RegisterActs.RegisterActsClient(channel).ChangeAsync(
                new ChangeRegisterRequest { Actor = operatorOnDuty, Changes = { new ChangeToMake { Change = change } } }, cancellationToken: cancellation);
        }
        catch (RpcException there) when (there.StatusCode == StatusCode.Aborted)
        {
            // It is in the register already: a second start of the demo.
        }
    }

    private async Task<ProcedureCase> CaseAsync(string caseId) =>
        (await _desk.GetProcedureAsync(new GetProcedureRequest { CaseId = caseId, AtLeast = _size }, cancellationToken: cancellation)).State;

    private async Task<ProcedureCase> ActAsync(
        string caseId, ProcedureActKind kind, string officer, string name, OfficerRole role, Action<ProcedureAct>? fill = null, string second = "")
    {
        ProcedureCase seen = await CaseAsync(caseId);
        ProcedureAct act = new() { Kind = kind, Actor = new Actor { Id = officer, Name = name, Unit = Unit }, Role = role, SecondOfficerId = second };
        fill?.Invoke(act);
        ActAnswer answer = await _acts.ActAsync(
            new ProcedureActRequest { CaseId = caseId, ExpectedVersion = seen.LifecycleVersion, Act = act }, cancellationToken: cancellation);
        _size = answer.LedgerSize;
        return await CaseAsync(caseId);
    }

    private static Timestamp Now() => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    private static string Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(8).DateTime)
        .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
