using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Folds;

/// <summary>Notice, defence, decision, performance, documents.</summary>
internal static class DecisionFold
{
    public static void Apply(ProcedureCase subject, ProcedureAct act, ProcedureActed fact)
    {
        switch (act.Kind)
        {
            case Kind.ServeNotice: Notice(subject, act.Service); break;
            case Kind.RecordDefence: subject.Defences.Add(act.Defence); subject.DefenceRecheck = ""; break;
            case Kind.WaiveDefence: subject.DefenceWaived = true; subject.HearingWaived |= act.Defence.HearingToo; break;
            case Kind.RecheckDefence: subject.DefenceRecheck = act.Defence.Text; break;
            case Kind.RequestHearing: subject.HearingRequested = true; break;
            case Kind.WithdrawHearing: subject.HearingRequested = false; subject.HearingWaived = true; break;
            case Kind.RecordHearing: subject.Hearing = act.Hearing; subject.HearingRequested = false; subject.ReviewedSha256 = Google.Protobuf.ByteString.Empty; break;
            case Kind.Discuss: subject.Discussion = act.Discussion; break;
            case Kind.DecidePenalty or Kind.DecideNoPenalty: subject.Decision = act.Decision; subject.DecidedAt = fact.At; break;
            case Kind.ServeDecision: Serve(subject, act.Service); subject.DecisionService = act.Service; break;
            case Kind.RecordPayment: subject.PaidFen += act.Payment.AmountFen; break;
            case Kind.StartSimple: subject.Simple = act.Simple; subject.Filing = act.Simple.Finding; subject.HandlingUnitId = act.Simple.Finding.UnitId; break;
            case Kind.AbandonSimple: subject.Simple = null; subject.Filing = null; break;
            case Kind.DecideSimple: Simple(subject, act.SimpleDecision, fact); break;
            case Kind.IssueDocument or Kind.CorrectDocument: Document(subject, act.Document, fact); break;
            case Kind.BindScan: Bind(subject, act.Scan, fact); break;
        }
    }

    // A new notice is heard anew: what was said against the old one stays in the ledger, not in the balance.
    private static void Notice(ProcedureCase subject, ServiceOfDocument service)
    {
        Serve(subject, service);
        subject.Notice = new ServedNotice
        {
            DocumentId = service.DocumentId,
            Sanction = subject.Report?.Sanction,
            HearingOffered = ServiceGuards.Find(subject, service.DocumentId)is { } printed && ServiceGuards.OffersHearing(printed),
            ServedAt = service.ServedAt,
            ReportSha256 = subject.ReportSha256,
            Facts = subject.Report?.Facts ?? "",
        };
        subject.Notice.Basis.AddRange(subject.Report?.Basis ?? []);
        subject.Defences.Clear();
        subject.DefenceRecheck = "";
        subject.DefenceWaived = false;
        subject.HearingWaived = false;
        subject.Hearing = null;
    }

    private static void Serve(ProcedureCase subject, ServiceOfDocument service)
    {
        if (ServiceGuards.Find(subject, service.DocumentId) is { } document)
            document.Service = service;
    }

    private static void Simple(ProcedureCase subject, CaseDecision decision, ProcedureActed fact)
    {
        subject.Decision = decision;
        subject.DecidedAt = fact.At;
        if (decision.CollectedOnTheSpot)
            subject.PaidFen = decision.Sanction.FineFen;
    }

    private static void Document(ProcedureCase subject, IssuedDocument issued, ProcedureActed fact)
    {
        CaseDocument document = new()
        {
            DocumentId = NumberGiving.DocumentId(subject),
            Kind = issued.Kind,
            TemplateId = issued.TemplateId,
            TemplateVersion = issued.TemplateVersion,
            DraftSha256 = issued.DraftSha256,
            RulesEntry = fact.RulesEntry,
            InternalVolume = issued.Kind is DocumentKind.FilingApproval or DocumentKind.LegalOpinion or DocumentKind.ClosingApproval or DocumentKind.DiscussionRecord,
            IssuedAt = fact.At,
            ReportSha256 = subject.ReportSha256,
        };
        document.EvidenceKeys.AddRange(issued.EvidenceKeys);
        document.Fields.Add(issued.Fields);
        foreach (GivenNumber given in fact.Numbers.Where(given => given.Subject == document.DocumentId))
        {
            if (given.Space == NumberSpace.Common)
                document.CommonNumber = given.Text;
            else
                document.DocumentNumber = given.Text;
        }

        if (ServiceGuards.Find(subject, issued.CorrectsDocumentId) is { } old)
            old.CorrectedBy = document.DocumentId;
        subject.Documents.Add(document);
    }

    private static void Bind(ProcedureCase subject, BoundScan scan, ProcedureActed fact)
    {
        if (ServiceGuards.Find(subject, scan.DocumentId) is not { } document)
            return;
        document.ScanSha256 = scan.ScanSha256;
        document.ScanManifestIndex = scan.ManifestIndex;
        document.BoundAt = fact.At;
    }
}
