using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Kit;

/// <summary>As <see cref="ActContents"/>: decision, performance, end, simple procedure, documents.</summary>
internal static class EndContents
{
    public static void Fill(ProcedureAct act, ProcedureCase subject, DateTimeOffset now)
    {
        switch (act.Kind)
        {
            case Kind.ServeNotice: act.Service = Service(subject, now, DocumentKind.PenaltyNotice); break;
            case Kind.ServeDecision: act.Service = Service(subject, now, DecisionKind(subject)); break;
            case Kind.DecidePenalty: act.Decision = Penalty(subject); break;
            case Kind.DecideNoPenalty: act.Decision = new CaseDecision { Ground = NoPenaltyGround.NotProven, Reasons = "证据不足", Remedy = "六十日内申请复议" }; break;
            case Kind.RecordPayment:
                act.Payment = new Payment { AmountFen = (subject.Decision?.Sanction?.FineFen ?? 1) - subject.PaidFen, Receipt = "票据1", CollectedBy = "银行" };
                break;
            case Kind.GrantDeferral: act.Deferral = new Deferral { Until = now.AddDays(30).ToTimestamp(), Reason = "困难" }; break;
            case Kind.CloseCase: act.Closing = new Closing { Reason = "履行完毕" }; break;
            case Kind.Archive: act.Closing = new Closing { Retention = RetentionClass.ThirtyYears, ArchiveNumber = "2026-1", PageCount = 30 }; break;
            case Kind.StartSimple:
                act.Simple = new SimpleFinding { Finding = ActContents.Filing(subject), IdentityShown = true, RightsTold = true, Statement = "无", Basis = { "APL-51" } };
                if (subject.Domain == "traffic")
                    (act.Simple.NotRecordedReason, act.Simple.NotRecordedApprover) = ("记录仪故障", Crew.UnitHead);
                break;
            case Kind.DecideSimple:
                act.SimpleDecision = new CaseDecision { Sanction = ActContents.Fine(5_000), LeasedNumber = "0001", Remedy = "六十日内申请复议", Reasons = "事实确凿" };
                break;
            case Kind.IssueDocument: act.Document = Document(KindFor(subject)); break;
            case Kind.CorrectDocument: act.Document = Correction(subject); break;
            case Kind.BindScan: act.Scan = Scan(subject); break;
        }
    }

    public static IssuedDocument Document(DocumentKind kind) => new()
    {
        Kind = kind, DraftSha256 = Hash((byte)kind), Fields = { ["party_address"] = "某街1号", ["hearing_due"] = "2026年" },
    };

    public static ByteString Hash(byte of) => ByteString.CopyFrom([.. Enumerable.Repeat(of, 32)]);

    /// <summary>What belongs to this state first, then what the file must hold in the end.</summary>
    private static DocumentKind KindFor(ProcedureCase subject) => subject.State switch
    {
        ProcedureState.D0Notice => DocumentKind.PenaltyNotice,
        ProcedureState.E1Decided => DecisionKind(subject),
        ProcedureState.X2SimpleDecided or ProcedureState.X3SimpleReported => DocumentKind.SimpleDecision,
        ProcedureState.B5InvestigationEnded or ProcedureState.C0LegalReview => DocumentKind.InvestigationReport,
        ProcedureState.G0Closed => AtTheEnd.FirstOrDefault(kind => subject.Documents.All(known => known.Kind != kind || known.CorrectedBy.Length > 0), DocumentKind.ServiceReceipt),
        _ => DocumentKind.InquiryRecord,
    };

    private static readonly DocumentKind[] AtTheEnd =
        [DocumentKind.FilingApproval, DocumentKind.LegalOpinion, DocumentKind.ServiceReceipt, DocumentKind.ClosingApproval];

    private static DocumentKind DecisionKind(ProcedureCase subject) =>
        subject.Decision?.Sanction?.Kinds.Count > 0 ? DocumentKind.PenaltyDecision : DocumentKind.NoPenaltyDecision;

    private static CaseDecision Penalty(ProcedureCase subject) => new()
    {
        Sanction = subject.Report?.Sanction?.Clone() ?? ActContents.Fine(100_000), Reasons = "事实清楚", Remedy = "六十日内申请复议", PaymentPlace = "某银行", TranscriptRef = "听证笔录",
    };

    private static IssuedDocument Correction(ProcedureCase subject)
    {
        CaseDocument? old = subject.Documents.LastOrDefault(document => document is { Kind: not DocumentKind.Correction, ScanSha256.IsEmpty: false, CorrectedBy: "" });
        IssuedDocument correction = Document(DocumentKind.Correction);
        correction.CorrectsDocumentId = old?.DocumentId ?? "none";
        return correction;
    }

    private static BoundScan Scan(ProcedureCase subject)
    {
        CaseDocument? open = subject.Documents.FirstOrDefault(document => document.ScanSha256.Length == 0 && document.CorrectedBy.Length == 0) ?? subject.Documents.FirstOrDefault();
        return new BoundScan { DocumentId = open?.DocumentId ?? "none", DraftSha256 = open?.DraftSha256 ?? Hash(1), ScanSha256 = Hash(99) };
    }

    private static ServiceOfDocument Service(ProcedureCase subject, DateTimeOffset now, DocumentKind kind) => new()
    {
        DocumentId = subject.Documents.LastOrDefault(document => document.Kind == kind && document.CorrectedBy.Length == 0)?.DocumentId ?? "none",
        Method = ServiceMethod.Direct, ServedAt = now.ToTimestamp(), Receiver = "张某", Proof = "送达回证1",
    };
}
