using EdgeEnforcement.Contracts.V1;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>One case on the ordinary path, stage by stage.</summary>
internal sealed class OrdinaryPath(CaseDriver stack, string caseId, string domain)
{
    public static readonly Sanction Fine = new() { Kinds = { SanctionKind.Fine }, FineFen = 200_000, Text = "罚款人民币2000元", CorrectionOrder = "立即清除" };

    private string _item = "";

    /// <summary>What is proposed and decided.</summary>
    public Sanction Proposed { get; init; } = Fine;

    /// <summary>The only evidence, reviewed before the filing; empty: footage that is taken in the investigation.</summary>
    public string Reviewed { init => _item = value; }

    /// <summary>The party in the object register; empty: a name alone.</summary>
    public string Object { get; init; } = "";

    /// <summary>Whom it is about.</summary>
    public PartyKind Party { get; init; } = PartyKind.Citizen;

    public string CaseId => caseId;

    /// <summary>The notice's draft.</summary>
    public static IssuedDocument Notice() => new()
    {
        Kind = DocumentKind.PenaltyNotice,
        Fields =
        {
            ["party_address"] = "渝北区", ["violated"] = "第四十九条", ["reasons"] = "情节较轻", ["agency_address"] = "余松路",
            ["agency_contact"] = "张承办 023-0000", ["defence_days"] = "三",
        },
    };

    public static void Decision(ProcedureAct act) => act.Decision = new CaseDecision
    {
        Sanction = Fine, Reasons = "事实清楚，证据确实", Remedy = "六十日内申请行政复议，六个月内提起行政诉讼", PaymentPlace = "工商银行渝北支行",
    };

    /// <summary>Four times yes.</summary>
    public static EvidenceReview Yes(string item) => new()
    {
        Items = { new ItemReview { EvidenceKey = item, IsTrue = Answer.Yes, IsClear = Answer.Yes, IsComplete = Answer.Yes, IsAccurate = Answer.Yes } },
    };

    public Task<ProcedureCase> FileAsync() => stack.ApprovedAsync(caseId, ProcedureActKind.File, "head-agency", AgencyHead, act =>
    {
        act.Filing = Filing(domain);
        (act.Filing.PartyKind, act.Filing.ObjectId) = (Party, Object);
    });

    public static Filing Filing(string domain) => new()
    {
        ItemId = "item-" + domain, UnitId = ProcedurePeople.Team, Place = "桃花溪", PartyKind = PartyKind.Citizen, PartyName = "刘某",
        ActFromDay = "2026-11-01", ActThroughDay = "2026-11-20", Facts = "向河道倾倒垃圾", FilingStandard = "符合立案标准第一项",
    };

    public async Task InvestigateAsync()
    {
        await stack.DocumentAsync(caseId, DocumentKind.FilingApproval, ("item", "倾倒垃圾"), ("party_address", "渝北区"), ("handler_opinion", "建议立案"));
        await stack.ActAsync(caseId, AssignOfficers, "head-unit", UnitHead,
            act => act.Officers = new OfficersAssigned { FirstOfficerId = "han-a", SecondOfficerId = "han-b" });
        await stack.ActAsync(caseId, RecordInvestigation, "han-a", Handler, act => act.Record = new InvestigationRecord
        {
            Kind = InvestigationRecordKind.Inquiry, From = stack.Now, Until = stack.Now, Place = "办公室", IdentityShown = true,
            Content = "问：……答：……", Signed = true,
        }, "han-b");
        if (_item.Length == 0)
            await EvidenceAsync();
        await stack.ActAsync(caseId, EndInvestigation, "han-a", Handler, act => act.Report = Report(), "han-b");
    }

    public async Task ReviewAsync()
    {
        await stack.DocumentAsync(caseId, DocumentKind.InvestigationReport, ("party_address", "渝北区"), ("violated", "第四十九条"), ("course", "依法调查"), ("nature", "违法"));
        ProcedureCase submitted = await stack.ActAsync(caseId, SubmitReview, "head-unit", UnitHead,
            act => act.Submission = new ReviewSubmission { TrueAccurateComplete = true });
        await stack.ActAsync(caseId, GiveOpinion, "legal", LegalReviewer, act =>
        {
            act.Opinion = new LegalOpinion { Agrees = true, Text = "同意拟处罚意见", ReportSha256 = submitted.ReportSha256 };
            act.Opinion.Checklist.AddRange(Points().Select(point => new ChecklistAnswer { Point = point, Answer = Answer.Yes }));
        });
        await stack.DocumentAsync(caseId, DocumentKind.LegalOpinion);
    }

    /// <param name="waiver">Key of the signed waiver; empty: what there is.</param>
    public async Task NotifyAndWaiveAsync(string waiver = "")
    {
        await NotifyAsync();
        await WaiveAsync(waiver);
    }

    public async Task NotifyAsync()
    {
        string notice = await stack.DocumentAsync(caseId, DocumentKind.PenaltyNotice, ("party_address", "渝北区"), ("violated", "第四十九条"), ("reasons", "情节较轻"),
            ("agency_address", "余松路"), ("agency_contact", "张承办 023-0000"), ("defence_days", "三"));
        await stack.ActAsync(caseId, ServeNotice, "han-a", ServiceOfficer, act => act.Service = Service(notice), "han-b");
    }

    public Task<ProcedureCase> WaiveAsync(string waiver = "") => stack.ActAsync(caseId, WaiveDefence, "han-a", Handler, act => act.Defence = new DefenceStatement
    {
        Text = "放弃陈述申辩和听证", How = "书面", HearingToo = true, EvidenceKey = waiver.Length > 0 ? waiver : _item,
    });

    public async Task DecideAsync()
    {
        if (domain == "urban")
            await stack.ActAsync(caseId, Discuss, "head-agency", AgencyHead, act => act.Discussion = new CollectiveDiscussion
            {
                ParticipantOfficerIds = { "head-agency", "head-unit", "deputy" }, HeldAt = stack.Now, Record = "一致同意", Conclusion = "同意处罚",
            });
        await stack.ApprovedAsync(caseId, DecidePenalty, "head-agency", AgencyHead, act =>
        {
            Decision(act);
            act.Decision.Sanction = Proposed;
        });
        string document = await stack.DocumentAsync(caseId, DocumentKind.PenaltyDecision, ("party_address", "渝北区"), ("violated", "第四十九条"), ("reasons", "事实清楚"),
            ("review_body", "渝北区人民政府"), ("court", "渝北区人民法院"), ("payment_place", "工商银行渝北支行"), ("performance", "十五日内缴纳"));
        await stack.ActAsync(caseId, ServeDecision, "han-a", ServiceOfficer, act => act.Service = Service(document), "han-b");
        await stack.DocumentAsync(caseId, DocumentKind.ServiceReceipt, ("about_document", document), ("addressee", "刘某"), ("service_place", "渝北区"), ("service_method", "直接送达"));
    }

    public Task<ProcedureCase> PayAsync() => stack.ActAsync(caseId, RecordPayment, "han-a", Handler,
        act => act.Payment = new Payment { AmountFen = Proposed.FineFen, Receipt = "银行回单001", CollectedBy = "工商银行渝北支行" });

    public async Task<ProcedureCase> ArchiveAsync()
    {
        await stack.ApprovedAsync(caseId, CloseCase, "head-agency", AgencyHead, act => act.Closing = new Closing { Reason = "履行完毕" });
        await stack.DocumentAsync(caseId, DocumentKind.ClosingApproval, ("performance", "已缴清"), ("handler_opinion", "建议结案"));
        return await stack.ActAsync(caseId, Archive, "custodian", EvidenceCustodian,
            act => act.Closing = new Closing { Retention = RetentionClass.ThirtyYears, ArchiveNumber = "2026-001", PageCount = 60 });
    }

    private async Task EvidenceAsync()
    {
        _item = await stack.Footage.AttachAsync(caseId, "000001");
        await stack.ActAsync(caseId, ReviewEvidence, "evi", EvidenceReviewer, act => act.EvidenceReview = Yes(_item));
    }

    private ServiceOfDocument Service(string documentId) => new()
    {
        DocumentId = documentId, Method = ServiceMethod.Direct, ServedAt = stack.Now, Receiver = "刘某", Proof = "送达回证001",
    };

    private InvestigationReport Report() => new()
    {
        Facts = "向河道倾倒垃圾三车", Basis = { "APL-28" }, DiscretionRule = "裁量基准第三档", Sanction = Proposed, EvidenceClosed = true,
        EvidenceKeys = { _item },
    };

    private static IEnumerable<string> Points()
    {
        using System.Text.Json.JsonDocument rules = System.Text.Json.JsonDocument.Parse(RulesFile.Bytes());
        return [.. rules.RootElement.GetProperty("reviewChecklist").EnumerateArray().Select(point => point.GetProperty("code").GetString()!)];
    }
}
