using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>What a careful officer says in each act of the ordinary path, and who he is.</summary>
internal static class CaseContents
{
    private const string Facts = "经查，当事人于上述期间在上述地点实施了违法行为，现场有相关物品，执法人员当场制作笔录并全程录音录像，当事人对违法事实无异议。";

    private static readonly Sanction Fine = new() { Kinds = { SanctionKind.Fine }, FineFen = 100_000, Text = "罚款人民币1000元", CorrectionOrder = "立即改正" };

    public static ProcedureAct Of(Kind kind, ProcedureCase subject, DateTimeOffset now, ProcedureRules rules)
    {
        (OfficerRole role, string officer, string second) = By(kind);
        ProcedureAct act = new() { Kind = kind, Actor = new Actor { Id = officer, Name = "执法员" + officer }, Role = role, SecondOfficerId = second };
        switch (kind)
        {
            case Kind.File: act.Filing = Filing(subject, now); break;
            case Kind.Approve: act.Answer = new RequestAnswer { RequestEntry = subject.Pending?.EntryIndex ?? 0, Opinion = "同意" }; break;
            case Kind.AssignOfficers: act.Officers = new OfficersAssigned { FirstOfficerId = CaseIds.Marks[2], SecondOfficerId = CaseIds.Marks[3] }; break;
            case Kind.ReviewEvidence: act.EvidenceReview = new EvidenceReview { Items = { subject.Evidence.Select(item => Yes(item.Source.Key)) } }; break;
            case Kind.RecordInvestigation: act.Record = Record(now, CaseWorld.HeadOf(CaseIds.Marks[4])); break;
            case Kind.EndInvestigation:
                act.Report = new InvestigationReport
                {
                    Facts = Facts, Basis = { "APL-28" }, DiscretionRule = "裁量基准第一条", Sanction = Fine, EvidenceClosed = true,
                    EvidenceKeys = { subject.Evidence.Select(item => item.Source.Key) },
                };
                break;
            case Kind.SubmitReview: act.Submission = new ReviewSubmission { TrueAccurateComplete = true }; break;
            case Kind.GiveOpinion:
                act.Opinion = new LegalOpinion { Agrees = true, Text = "同意拟处罚意见", ReportSha256 = subject.ReportSha256 };
                act.Opinion.Checklist.AddRange(rules.ReviewChecklist.Select(point => new ChecklistAnswer { Point = point.Code, Answer = Answer.Yes }));
                break;
            case Kind.BindScan:
                CaseDocument document = subject.Documents[^1];
                act.Scan = new BoundScan { DocumentId = document.DocumentId, DraftSha256 = document.DraftSha256, ScanSha256 = ByteString.CopyFrom(new byte[32]) };
                break;
            default: End(act, subject, now); break;
        }

        return act;
    }

    /// <summary>An inquiry that was held within the last hours; that it was not recorded, the head approved.</summary>
    public static InvestigationRecord Record(DateTimeOffset now, string head) => new()
    {
        Kind = InvestigationRecordKind.Inquiry, From = now.AddHours(-2).ToTimestamp(), Until = now.AddHours(-1).ToTimestamp(), Place = "办公室", IdentityShown = true,
        Content = "问：你是否知道上述行为违法？答：知道。" + Facts, Signed = true,
        NotRecordedReason = "记录仪故障", NotRecordedApprover = head,
    };

    private static void End(ProcedureAct act, ProcedureCase subject, DateTimeOffset now)
    {
        switch (act.Kind)
        {
            case Kind.ServeNotice or Kind.ServeDecision:
                act.Service = new ServiceOfDocument
                {
                    DocumentId = subject.Documents[^1].DocumentId, Method = ServiceMethod.Direct, ServedAt = now.ToTimestamp(), Receiver = "张某", Proof = "送达回证1",
                };
                break;
            case Kind.Discuss:
                act.Discussion = new CollectiveDiscussion
                {
                    ParticipantOfficerIds = { CaseWorld.AgencyHead, CaseWorld.Deputy, CaseWorld.HeadOf(CaseIds.Marks[4]) }, HeldAt = now.ToTimestamp(), Record = "一致同意", Conclusion = "同意处罚",
                };
                break;
            case Kind.DecidePenalty:
                act.Decision = new CaseDecision { Sanction = Fine, Reasons = "事实清楚，证据确实", Remedy = "六十日内申请行政复议，六个月内提起行政诉讼", PaymentPlace = "某银行" };
                break;
            case Kind.RecordPayment: act.Payment = new Payment { AmountFen = Fine.FineFen, Receipt = "回单001", CollectedBy = "某银行" }; break;
            case Kind.CloseCase: act.Closing = new Closing { Reason = "履行完毕" }; break;
            case Kind.Archive: act.Closing = new Closing { Retention = RetentionClass.ThirtyYears, ArchiveNumber = "2026-001", PageCount = 60 }; break;
        }
    }

    private static Filing Filing(ProcedureCase subject, DateTimeOffset now)
    {
        DateOnly day = CivilDay.Of(Micros.Of(now));
        return new Filing
        {
            ItemId = "item-" + subject.Domain, UnitId = CaseIds.Marks[4], ObjectId = CaseIds.Marks[1], Place = "某区某街道", PartyKind = PartyKind.Citizen, PartyName = "当事人" + CaseIds.Marks[1],
            ActFromDay = CivilDay.ToText(day.AddDays(-20)), ActThroughDay = CivilDay.ToText(day.AddDays(-10)), Facts = Facts, FilingStandard = "符合立案标准第一项",
        };
    }

    private static ItemReview Yes(string key) =>
        new() { EvidenceKey = key, IsTrue = Answer.Yes, IsClear = Answer.Yes, IsComplete = Answer.Yes, IsAccurate = Answer.Yes };

    private static (OfficerRole Role, string Officer, string Second) By(Kind kind) => kind switch
    {
        Kind.ReviewEvidence => (OfficerRole.EvidenceReviewer, CaseWorld.EvidenceReviewer, ""),
        Kind.AssignOfficers or Kind.SubmitReview => (OfficerRole.UnitHead, CaseWorld.HeadOf(CaseIds.Marks[4]), ""),
        Kind.GiveOpinion => (OfficerRole.LegalReviewer, CaseWorld.LegalReviewer, ""),
        Kind.Approve or Kind.Discuss => (OfficerRole.AgencyHead, CaseWorld.AgencyHead, ""),
        Kind.ServeNotice or Kind.ServeDecision => (OfficerRole.ServiceOfficer, CaseWorld.Server, CaseWorld.SecondServer),
        Kind.Archive => (OfficerRole.EvidenceCustodian, CaseWorld.Custodian, ""),
        Kind.RecordInvestigation or Kind.EndInvestigation => (OfficerRole.Handler, CaseIds.Marks[2], CaseIds.Marks[3]),
        _ => (OfficerRole.Handler, CaseIds.Marks[2], ""),
    };
}
