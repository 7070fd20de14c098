using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Documents;
using EdgeEnforcement.IngestService.Procedure.Guards;
using EdgeEnforcement.IngestService.Procedure.Rules;
using Google.Protobuf;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Acts;

/// <summary>文书: issued from a template with its number, bound to the signed paper, corrected by another and never edited.</summary>
internal static class DocumentActs
{
    private static readonly ProcedureState[] Open =
    [
        A1Lead, A2EvidenceReview, A3Reminded, A7Dispatched, A8Rectified, B0Filed, B1Investigating, B4Suspended, B5InvestigationEnded, C0LegalReview, C1Returned,
        C2Disagreed, D0Notice, D1Defence, D2Hearing, E0Collective, E1Decided, E2Served, F0Performing, X1Simple, X2SimpleDecided, X3SimpleReported, G0Closed,
    ];

    public static IEnumerable<ActDefinition> All =>
    [
        new ActBuilder(Kind.IssueDocument).In(Open).By(Handler, UnitHead, LegalReviewer, ServiceOfficer, AgencyHead).Law("APL-47").Guarded(Issued).Build(),
        new ActBuilder(Kind.BindScan).In(Open).By(Handler, UnitHead, LegalReviewer, ServiceOfficer, AgencyHead).Law("APL-59").Guarded(Bound).Build(),
        new ActBuilder(Kind.CorrectDocument).In(Open).By(Handler).Law("APL-59").Guarded(Corrected).Build(),
    ];

    /// <summary>Documents that only make sense once the case has come so far; the others may be made whenever it is open.</summary>
    private static readonly Dictionary<DocumentKind, ProcedureState[]> Where = new()
    {
        [DocumentKind.InvestigationReport] = [B5InvestigationEnded, C0LegalReview, C1Returned, C2Disagreed, G0Closed], // late for the file, under its own date
        [DocumentKind.PenaltyNotice] = [D0Notice],
        [DocumentKind.PenaltyDecision] = [E1Decided],
        [DocumentKind.NoPenaltyDecision] = [E1Decided],
        [DocumentKind.SimpleDecision] = [X2SimpleDecided, X3SimpleReported],
        [DocumentKind.ClosingApproval] = [E2Served, F0Performing, X3SimpleReported, G0Closed],
    };

    private static void Issued(ActScope scope)
    {
        IssuedDocument? said = scope.Act.Document;
        if (!scope.Said(said is not null && said.Kind != DocumentKind.Unspecified && Enum.IsDefined(said.Kind), "文书种类"))
            return;
        scope.Require("DOCUMENT_STAGE", !Where.TryGetValue(said!.Kind, out ProcedureState[]? states) || states.Contains(scope.Case.State),
            $"案卷处于“{Words.Of(scope.Case.State)}”，不能制作{Words.Of(said.Kind)}", "到相应环节再制作", "APL-44", "APL-59");
        bool isPenalty = scope.Case.Decision?.Sanction?.Kinds.Count > 0;
        scope.Require("DOCUMENT_FITS", (said.Kind != DocumentKind.PenaltyDecision || isPenalty) && (said.Kind != DocumentKind.NoPenaltyDecision || !isPenalty),
            "文书种类与决定不符", "按决定选择文书", "APL-57");
        Whole(scope, said);
    }

    private static void Corrected(ActScope scope)
    {
        IssuedDocument? said = scope.Act.Document;
        if (!scope.Said(said is not null && ActScope.IsText(said.CorrectsDocumentId) && ActScope.IsText(scope.Act.Remark), "被补正的文书和理由（备注）"))
            return;
        CaseDocument? old = ServiceGuards.Find(scope.Case, said!.CorrectsDocumentId);
        if (!scope.Require("DOCUMENT_ISSUED", old is not null, $"没有文书 {said.CorrectsDocumentId}", "选择已制作的文书"))
            return;
        DocumentProblem? wrong = DocumentRules.WhyNotCorrected(old!); // it is there
        scope.Require("MAY_BE_CORRECTED", wrong is null, wrong?.Detail ?? "", "对已签章的原文书补正", "APL-59");
        scope.Require("CORRECTION_FORM", said.Kind == DocumentKind.Correction, "补正另行制作补正通知书，不改动原文书", "文书种类选择补正通知书", "APL-59");
        Whole(scope, said);
    }

    private static void Whole(ActScope scope, IssuedDocument said)
    {
        if (!scope.Require("TEMPLATE", TemplateOf(scope, said.Kind) is not null, $"当日没有生效的{Words.Of(said.Kind)}格式", "启用含有该文书格式的规则", "APL-47"))
            return;
        EvidenceGuards.MayBeCited(scope, said.EvidenceKeys);
        EvidenceGuards.NamesNoneExcluded(scope, [.. said.Fields.Values]);
        // Which fields are filled, the draft knows: none is made with a hole.
        scope.Require("RENDERED", said.DraftSha256.Length == 32, "文书没有生成底稿", "由系统生成底稿", "APL-47");
    }

    public static DocumentTemplate? TemplateOf(ActScope scope, DocumentKind kind) =>
        scope.Rules.Templates.FirstOrDefault(known => known.Kind == kind && known.Holds(scope.Today) && known.Domains.Contains(scope.Case.Domain))
        ?? scope.Rules.Templates.FirstOrDefault(known => known.Kind == kind && known.Holds(scope.Today) && known.Domains.Contains("*"));

    private static void Bound(ActScope scope)
    {
        BoundScan? said = scope.Act.Scan;
        CaseDocument? document = ServiceGuards.Find(scope.Case, said?.DocumentId ?? "");
        if (!scope.Require("DOCUMENT_ISSUED", document is not null, "没有该文书", "选择已制作的文书"))
            return;
        scope.Require("DRAFT_SAME", said!.DraftSha256.Equals(document!.DraftSha256), "扫描件页脚的底稿哈希与底稿不符", "核对是否同一份文书", "APL-59");
        scope.Require("NUMBER_VALID", scope.Context.ScannedNumberFault.Length == 0, scope.Context.ScannedNumberFault, "以新编号重新制作文书", "APL-59");
        scope.Require("NOT_BOUND", document.ScanSha256.Length == 0, "该文书已绑定扫描件", "需要更正的，补正文书", "APL-59");
        byte[]? digest = said.ManifestIndex > 0 ? scope.Context.Manifests.GetValueOrDefault(said.ManifestIndex) : null;
        if (digest is not null && said.ScanSha256.Length == 0)
            said.ScanSha256 = ByteString.CopyFrom(digest); // the entry says which file it was, whoever named it by its manifest
        scope.Require("SCAN_KNOWN", digest is null ? said.ManifestIndex == 0 && said.ScanSha256.Length == 32 : said.ScanSha256.Span.SequenceEqual(digest), "没有扫描件，或其哈希与入库文件不符", "上传扫描件", "APL-59");
    }
}
