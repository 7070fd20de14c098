using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Kit;

/// <summary>Any act as a careful officer would put it in this case at this instant: complete, by the right person. Tests change one thing.</summary>
internal static class ActContents
{
    public static ProcedureAct Of(Kind kind, ProcedureCase subject, DateTimeOffset now)
    {
        (OfficerRole role, string officer, string second) = By(kind, subject);
        ProcedureAct act = new() { Kind = kind, Actor = new Actor { Id = officer, Name = "姓名" + officer }, Role = role, SecondOfficerId = second, Remark = "备注" };
        Timestamp at = now.ToTimestamp();
        switch (kind)
        {
            case Kind.ReviewEvidence: act.EvidenceReview = Review(subject); break;
            case Kind.Remind: act.Reminder = new Reminder { Text = "请改正", IsMinor = true, DueAt = now.AddDays(5).ToTimestamp(), How = "当面" }; break;
            case Kind.ConfirmCorrection: act.Correction = new Correction { VerifiedHow = "现场复查", HarmNone = true, Education = "已教育" }; break;
            case Kind.CloseLead: act.LeadClosing = new LeadClosing { ReasonCode = "no-violation", Reason = "未发现违法" }; break;
            case Kind.Dispatch or Kind.EscalateDispatch: act.Dispatch = Dispatch(subject, kind, now); break;
            case Kind.Rectify: act.Rectification = new Rectification { Measures = "清理", BeforeKeys = { Keys(subject) }, AfterKeys = { Keys(subject) } }; break;
            case Kind.Recheck: act.Recheck = new Recheck { Passed = true, Finding = "已清理" }; break;
            case Kind.Merge or Kind.Split: act.LinkedCase = new LinkedCase { CaseId = "C-2", Reason = "同一事实" }; break;
            case Kind.GiveFeedback: act.Feedback = new Feedback { How = "电话", Content = "已依法处理", IsFinal = true }; break;
            case Kind.Move: act.Move = new Move { ToUnitId = Crew.Team, Reason = "分工" }; break;
            case Kind.File: act.Filing = Filing(subject); break;
            case Kind.AssignOfficers: act.Officers = new OfficersAssigned { FirstOfficerId = Crew.A, SecondOfficerId = Crew.B, Reason = "分工" }; break;
            case Kind.RecordInvestigation: act.Record = Record(now); break;
            case Kind.Preserve: act.Preservation = new Preservation { PreservationId = $"P{subject.Preservations.Count + 1}", Things = { "货物一箱" }, Reason = "可能灭失" }; break;
            case Kind.SettlePreservation: act.PreservationOutcome = new PreservationOutcome { PreservationId = Held(subject), Outcome = "released" }; break;
            case Kind.Suspend or Kind.Terminate: act.Suspension = new Suspension { ReasonCode = "force-majeure", Reason = "洪水" }; break;
            case Kind.EndInvestigation: act.Report = Report(subject, Fine(100_000)); break;
            case Kind.Amend: act.Report = Report(subject, subject.Report?.Sanction?.Clone() ?? Fine(100_000)); break;
            case Kind.SubmitReview: act.Submission = new ReviewSubmission { TrueAccurateComplete = true }; break;
            case Kind.GiveOpinion: act.Opinion = Opinion(subject, agrees: true); break;
            case Kind.Coordinate: act.Coordination = new Coordination { Outcome = ProcedureOutcome.ReviewAgain, Record = "协调记录" }; break;
            case Kind.RecordDefence or Kind.RecheckDefence or Kind.RequestHearing or Kind.WithdrawHearing:
                act.Defence = new DefenceStatement { Text = "意见", How = "书面" };
                break;
            case Kind.WaiveDefence: act.Defence = new DefenceStatement { Text = "放弃", How = "书面", EvidenceKey = Keys(subject).FirstOrDefault() ?? "", HearingToo = true }; break;
            case Kind.RecordHearing: act.Hearing = Hearing(subject, now); break;
            case Kind.Discuss: act.Discussion = Discussion(at); break;
            case Kind.Approve or Kind.ReturnRequest or Kind.WithdrawRequest:
                act.Answer = new RequestAnswer { RequestEntry = subject.Pending?.EntryIndex ?? 0, Opinion = "意见" };
                break;
            case Kind.ExtendDeadline: act.Deadline = new DeadlineChange { DeadlineId = "D-01", Units = 30, ReasonCode = "complex", Reason = "案情复杂" }; break;
            case Kind.PauseClock or Kind.ResumeClock: act.Deadline = new DeadlineChange { DeadlineId = "D-01", ReasonCode = "expert-examination", Reason = "送检" }; break;
            default: EndContents.Fill(act, subject, now); break;
        }

        return act;
    }

    public static string[] Keys(ProcedureCase subject) => [.. subject.Evidence.Where(item => !item.Detached).Select(item => item.Source.Key).Take(1)];

    public static Filing Filing(ProcedureCase subject) => new()
    {
        ItemId = Crew.Item(subject.Domain), UnitId = Crew.Team, ObjectId = "party-1", TerritoryId = Crew.Place, PartyKind = PartyKind.Citizen, PartyName = "张某",
        ActFromDay = "2026-02-10", ActThroughDay = "2026-02-11", Facts = "经查……", FilingStandard = "有初步证据",
    };

    public static Sanction Fine(long fen) => new() { Kinds = { SanctionKind.Fine }, FineFen = fen, Text = "罚款" };

    public static InvestigationReport Report(ProcedureCase subject, Sanction sanction)
    {
        string[] proven = [.. subject.Evidence.Where(item => item is { Detached: false, Outcome: EvidenceOutcome.Evidence }).Select(item => item.Source.Key)];
        return new InvestigationReport
        {
            Facts = "违法事实", Basis = { "APL-28" }, DiscretionRule = "裁量基准第一条", Sanction = sanction, EvidenceClosed = true,
            EvidenceKeys = { proven.Length > 0 ? proven : Keys(subject) },
        };
    }

    public static LegalOpinion Opinion(ProcedureCase subject, bool agrees)
    {
        LegalOpinion opinion = new() { Agrees = agrees, Text = "意见", ReportSha256 = subject.ReportSha256 };
        foreach (var point in KitRules.Shipped.ReviewChecklist)
            opinion.Checklist.Add(new ChecklistAnswer { Point = point.Code, Answer = agrees ? Answer.Yes : Answer.No });
        return opinion;
    }

    public static (OfficerRole Role, string Officer, string Second) By(Kind kind, ProcedureCase subject) => kind switch
    {
        Kind.ReviewEvidence => (OfficerRole.EvidenceReviewer, Crew.EvidenceReviewer, ""),
        Kind.Merge or Kind.UndoMerge or Kind.Split or Kind.Move or Kind.Dispatch or Kind.EscalateDispatch or Kind.Recheck or Kind.AssignOfficers
            or Kind.SubmitReview or Kind.Insist or Kind.Amend => (OfficerRole.UnitHead, Crew.UnitHead, ""),
        Kind.GiveOpinion => (OfficerRole.LegalReviewer, Crew.LegalReviewer, ""),
        Kind.Coordinate or Kind.Discuss => (OfficerRole.AgencyHead, Crew.AgencyHead, ""),
        Kind.RecordHearing => (OfficerRole.HearingPresider, Crew.Presider, ""),
        Kind.ServeNotice or Kind.ServeDecision => (OfficerRole.ServiceOfficer, Crew.Server, Crew.SecondServer),
        Kind.Approve or Kind.ReturnRequest => subject.Pending?.Approver == OfficerRole.UnitHead
            ? (OfficerRole.UnitHead, Crew.UnitHead, "") : (OfficerRole.AgencyHead, Crew.AgencyHead, ""),
        Kind.WithdrawRequest => (OfficerRole.Handler, Handlers(subject).First, ""),
        Kind.Remind or Kind.RecordInvestigation or Kind.Preserve or Kind.EndInvestigation or Kind.RecheckDefence or Kind.StartSimple or Kind.DecideSimple =>
            (OfficerRole.Handler, Handlers(subject).First, Handlers(subject).Second),
        _ => (OfficerRole.Handler, Handlers(subject).First, ""),
    };

    public static (string First, string Second) Handlers(ProcedureCase subject)
    {
        string[] now = [.. subject.Participants.Where(person => person.IsHandlerNow).Select(person => person.OfficerId)];
        return now.Length == 2 ? (now[0], now[1]) : (Crew.A, Crew.B);
    }

    private static EvidenceReview Review(ProcedureCase subject)
    {
        EvidenceReview review = new();
        foreach (CaseEvidence item in subject.Evidence.Where(item => !item.Detached))
            review.Items.Add(Yes(item.Source.Key));
        return review;
    }

    public static ItemReview Yes(string key) =>
        new() { EvidenceKey = key, IsTrue = Answer.Yes, IsClear = Answer.Yes, IsComplete = Answer.Yes, IsAccurate = Answer.Yes };

    private static Dispatch Dispatch(ProcedureCase subject, Kind kind, DateTimeOffset now) => new()
    {
        Receiver = "镇河长", ReceiverLevel = kind == Kind.Dispatch ? "town" : subject.Dispatch?.ReceiverLevel == "town" ? "district" : "city",
        Demand = "清理", DueAt = now.AddDays(7).ToTimestamp(),
    };

    private static InvestigationRecord Record(DateTimeOffset now) => new()
    {
        Kind = InvestigationRecordKind.Inquiry, Activity = "inquiry", From = now.AddHours(-2).ToTimestamp(), Until = now.AddHours(-1).ToTimestamp(),
        Place = "办公室", IdentityShown = true, Content = "问……答……", Signed = true,
    };

    private static string Held(ProcedureCase subject) => subject.Preservations.FirstOrDefault(track => track.Outcome.Length == 0)?.PreservationId ?? "P1";

    private static HearingRecord Hearing(ProcedureCase subject, DateTimeOffset now) => new()
    {
        NotifiedAt = subject.Notice?.ServedAt ?? now.AddDays(-20).ToTimestamp(), HeldAt = now.ToTimestamp(), PresiderOfficerId = Crew.Presider,
        Transcript = "听证笔录", Signed = true, Opinion = "意见",
    };

    private static CollectiveDiscussion Discussion(Timestamp at) => new()
    {
        ParticipantOfficerIds = { Crew.AgencyHead, Crew.Deputy, Crew.UnitHead }, HeldAt = at, Record = "讨论记录", Conclusion = "同意",
    };
}
