using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Documents;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>One case on the ordinary path, act by act through the real decider and fold, with documents as they are drafted. Its names are marks.</summary>
internal sealed class CaseWalk
{
    /// <summary>Thirty acts from the filing to the archive; of an act that makes a document, which; and the hours before it.</summary>
    public static readonly (Kind Act, DocumentKind Document, double Hours)[] Steps =
    [
        (Kind.File, default, 4), (Kind.Approve, default, 20), (Kind.AssignOfficers, default, 3), (Kind.ReviewEvidence, default, 24), (Kind.RecordInvestigation, default, 24),
        (Kind.EndInvestigation, default, 72), (Kind.IssueDocument, DocumentKind.InvestigationReport, 2), (Kind.BindScan, default, 2), (Kind.SubmitReview, default, 20),
        (Kind.GiveOpinion, default, 48), (Kind.IssueDocument, DocumentKind.PenaltyNotice, 5), (Kind.BindScan, default, 2), (Kind.ServeNotice, default, 24),
        (Kind.DecidePenalty, default, 24 * 16), (Kind.Approve, default, 20), (Kind.IssueDocument, DocumentKind.PenaltyDecision, 4), (Kind.BindScan, default, 2),
        (Kind.ServeDecision, default, 24), (Kind.RecordPayment, default, 24 * 5), (Kind.CloseCase, default, 24), (Kind.Approve, default, 20),
        (Kind.IssueDocument, DocumentKind.FilingApproval, 2), (Kind.BindScan, default, 1), (Kind.IssueDocument, DocumentKind.LegalOpinion, 1), (Kind.BindScan, default, 1),
        (Kind.IssueDocument, DocumentKind.ServiceReceipt, 1), (Kind.BindScan, default, 1), (Kind.IssueDocument, DocumentKind.ClosingApproval, 1), (Kind.BindScan, default, 1),
        (Kind.Archive, default, 24),
    ];

    /// <summary>The case was opened here; its acts follow.</summary>
    public const ulong FirstEntry = 1_000_000_000;

    private static readonly string[] Mark = CaseIds.Marks;

    private readonly CaseRules _rules;

    public CaseWalk(CaseRules rules, string domain, DateTimeOffset opened)
    {
        (_rules, Now) = (rules, opened);
        EvidenceSource report = new()
        {
            Key = "media/201", EntryIndex = 201, DeviceId = CaseWorld.Recorder, Verified = true, Sha256 = Hash(8), Uploader = "n-" + Mark[2], Title = "执法记录仪",
            CapturedAt = opened.AddHours(-3).ToTimestamp(), CapturedUntil = opened.AddHours(-2).ToTimestamp(),
        };
        Opened = new CaseOpened
        {
            CaseId = Mark[0], Number = Mark[0], Title = "涉嫌违法案", Domain = domain, Actor = CaseWorld.Clerk, HandlingUnitId = Mark[4],
            Source = new LeadSource { Kind = LeadSourceKind.StreetFinding, ReceivedAt = opened.ToTimestamp() }, AlertEvidence = report,
        };
        Case = new ProcedureCase
        {
            CaseId = Mark[0], State = ProcedureState.A1Lead, LifecycleVersion = 1, Number = Mark[0], Title = Opened.Title, Domain = domain, HandlingUnitId = Mark[4],
            OpenedAt = opened.ToTimestamp(), Source = Opened.Source, Evidence = { new CaseEvidence { Source = report } },
        };
    }

    public CaseOpened Opened { get; }

    public ProcedureCase Case { get; }

    public List<ProcedureActed> Facts { get; } = [];

    public DateTimeOffset Now { get; private set; }

    /// <summary>The first so many steps; in a domain where every case is discussed, the discussion with them.</summary>
    public CaseWalk Walk(int steps)
    {
        foreach ((Kind act, DocumentKind document, double hours) in Steps.Take(steps))
        {
            if (act == Kind.DecidePenalty && _rules.Rules.ProfileOf(Case.Domain)?.CollectiveForAll == true)
                Take(Kind.Discuss, default, hours);
            Take(act, document, hours);
        }

        return this;
    }

    private void Take(Kind kind, DocumentKind document, double hours)
    {
        Now = Now.AddHours(hours);
        ProcedureContext context = new(Now, _rules.Book, _rules.Entry, _rules.Rules, [], new Dictionary<ulong, byte[]>());
        ProcedureAct act = CaseContents.Of(kind, Case, Now, _rules.Rules);
        if (kind == Kind.IssueDocument)
            context = Draft(act, document, context);
        ProcedureDecision decision = ProcedureDecider.Decide(Case, act, context);
        ProcedureActed fact = decision.Fact ?? throw new InvalidOperationException(
            $"{kind} {document} in {Case.State}: {string.Join("; ", decision.Refusal!.Guards.Select(guard => $"{guard.Name} {guard.Detail}"))}"); // exactly one of the two is set
        Facts.Add(fact);
        ProcedureFold.Apply(Case, fact.Clone(), FirstEntry + (ulong)Facts.Count, SHA256.HashData(fact.ToByteArray()));
    }

    private ProcedureContext Draft(ProcedureAct act, DocumentKind kind, ProcedureContext context)
    {
        DocumentTemplate template = DocumentDrafting.TemplateFor(_rules.Rules, kind, Case.Domain, CivilDay.Of(Micros.Of(Now))) ?? throw new InvalidDataException($"no template of {kind}");
        act.Document = new IssuedDocument { Kind = kind };
        foreach (TemplateField field in template.Fields.Where(field => field.Required))
        {
            string typed = field.Key == "about_document" ? Case.Documents[^1].DocumentId : $"{field.Zh}：依照规定办理，情况属实";
            act.Document.Fields.Add(field.Key, typed);
        }

        AgencyNumbers agency = _rules.Rules.Agencies[0];
        NumberOffer? offer = template.NumberPattern.Length == 0 ? null : new NumberOffer(
            NumberPattern.Format(template.NumberPattern, agency.ShortName, Now.Year, uint.Parse(Mark[5], System.Globalization.CultureInfo.InvariantCulture)),
            new NumberStream(agency.UnitId, kind, Now.Year, uint.Parse(Mark[5], System.Globalization.CultureInfo.InvariantCulture)), 0);
        Dictionary<string, string> names = new()
        {
            ["unit/" + Mark[4]] = "执法大队", ["unit/" + CaseWorld.Agency] = "某执法局", ["item/item-" + Case.Domain] = "事项", ["party/number"] = "91500000MA5U0000XX", ["party/address"] = "某区某街1号",
        };
        foreach (CaseParticipant person in Case.Participants)
            (names["officer/" + person.OfficerId], names["certificate/" + person.OfficerId]) = ("执法员" + person.OfficerId, "渝A-" + person.OfficerId);
        DocumentOutcome made = DocumentDrafting.Make(new DocumentRequest(
            Case, act.Document, template, _rules.Rules, names, offer?.Text ?? "", CommonNumber.Of(agency.Code, Now.Year, Case.CaseId, Case.State, Case.LastCommonNumber + 1), Now) { Agency = agency });
        if (made.Draft is not { } draft || made.Model is not { } model)
            throw new InvalidOperationException($"{kind}: {string.Join("; ", made.Problems.Select(problem => problem.Detail))}");
        (act.Document.TemplateId, act.Document.TemplateVersion, act.Document.DraftSha256) = (template.Id, template.Version, ByteString.CopyFrom(draft.Sha256));
        act.Document.Fields.Clear();
        foreach ((string key, string value) in model.ToFields())
            act.Document.Fields.Add(key, value);
        return context with { OfferedNumber = offer };
    }

    private static ByteString Hash(byte of) => ByteString.CopyFrom([.. Enumerable.Repeat(of, 32)]);
}
