using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>What may stand in a document, and when it may go to the party. Pure; the guards of acts ask it.</summary>
internal static class DocumentRules
{
    /// <summary>No item that is excluded, detached or unknown stands in any document.</summary>
    public static bool MayCite(ProcedureCase subject, IEnumerable<string> keys) => WhyNotCite(subject, DocumentKind.Unspecified, keys).Count == 0;

    /// <summary>
    /// Art. 41(2), 46: an item that failed its review is not evidence, and a notice or decision of the ordinary procedure rests on nothing that
    /// was not reviewed and found whole.
    /// </summary>
    public static IReadOnlyList<DocumentProblem> WhyNotCite(ProcedureCase subject, DocumentKind kind, IEnumerable<string> keys) =>
        [.. keys.Distinct().Select(key => WhyNotCite(subject, kind, key)).OfType<DocumentProblem>()];

    /// <summary>Art. 40, 59: a penalty without evidence is none. Null: there is some, or none is needed.</summary>
    public static DocumentProblem? WhyNotWithout(DocumentKind kind, IReadOnlyList<string> keys) =>
        keys.Count == 0 && (kind is DocumentKind.InvestigationReport or DocumentKind.PenaltyNotice or DocumentKind.PenaltyDecision)
            ? new DocumentProblem("evidence", $"《{DocumentWords.Of(kind)}》没有列明证据")
            : null;

    /// <summary>
    /// Print, sign and seal, scan back: the scan is bound to the draft's hash, and only then the paper is served. Null: it may be.
    /// </summary>
    public static DocumentProblem? WhyNotServable(CaseDocument document) => document switch
    {
        { DraftSha256.IsEmpty: true } => new DocumentProblem(document.DocumentId, "文书尚未定稿"),
        { ScanSha256.IsEmpty: true } => new DocumentProblem(document.DocumentId, "文书尚未签章并扫描回传"),
        { InternalVolume: true } => new DocumentProblem(document.DocumentId, "副卷文书不对外送达"),
        { Service: not null } => new DocumentProblem(document.DocumentId, "文书已经送达"),
        _ => null,
    };

    /// <summary>A scan belongs to the draft whose hash stands on the paper, and to no other. Null: it is bound.</summary>
    public static DocumentProblem? WhyNotBound(CaseDocument document, BoundScan scan) => (document, scan) switch
    {
        ({ ScanSha256.IsEmpty: false }, _) => new DocumentProblem(document.DocumentId, "文书已有签章扫描件；改动须另行补正"),
        _ when scan.DraftSha256 != document.DraftSha256 || scan.DraftSha256.IsEmpty =>
            new DocumentProblem(document.DocumentId, "扫描件页脚的校验值与定稿不符"),
        _ => null,
    };

    /// <summary>补正: a signed document is never edited, another one corrects it and goes with it. Null: it may be corrected.</summary>
    public static DocumentProblem? WhyNotCorrected(CaseDocument document) => document switch
    {
        { Kind: DocumentKind.Correction } => new DocumentProblem(document.DocumentId, "补正通知书不能再被补正，请对原文书重新补正"),
        { ScanSha256.IsEmpty: true } => new DocumentProblem(document.DocumentId, "尚未签章的文书无须补正：请重新制作，并作废原编号"),
        _ => null,
    };

    /// <summary>Art. 63: sanctions about which the party may ask for a hearing; sums by the domain's thresholds on that day.</summary>
    public static bool IsHearingDue(ProcedureRules rules, ProcedureCase subject, DateOnly day)
    {
        if (subject.Report?.Sanction is not { } sanction)
            return false;
        if (sanction.Kinds.Any(kind => kind is SanctionKind.Downgrade or SanctionKind.RevokeLicence or SanctionKind.StopBusiness
            or SanctionKind.CloseBusiness or SanctionKind.BanProfession))
            return true;
        HearingThreshold? threshold = rules.ProfileOf(subject.Domain)?.HearingOn(subject.Filing?.PartyKind ?? PartyKind.Unspecified, day);
        return threshold is not null && Math.Max(sanction.FineFen, sanction.ConfiscationFen) >= threshold.FromFen;
    }

    /// <summary>Documents that cite the report's evidence when they name none of their own.</summary>
    public static bool RestsOnReport(DocumentKind kind) => kind is DocumentKind.InvestigationReport or DocumentKind.LegalOpinion
        or DocumentKind.PenaltyNotice or DocumentKind.PenaltyDecision or DocumentKind.NoPenaltyDecision;

    private static DocumentProblem? WhyNotCite(ProcedureCase subject, DocumentKind kind, string key)
    {
        CaseEvidence? item = subject.Evidence.FirstOrDefault(evidence => evidence.Source.Key == key && !evidence.Detached);
        return item switch
        {
            null => new DocumentProblem(key, $"{key}不在本案证据中"),
            { Outcome: EvidenceOutcome.Excluded } => new DocumentProblem(key, $"{key}已被排除，不得出现在文书中"),
            { Outcome: EvidenceOutcome.Unspecified } when NeedsReviewed(kind) => new DocumentProblem(key, $"{key}未经审核，不得作为证据"),
            { Source.Verified: false } when NeedsReviewed(kind) => new DocumentProblem(key, $"{key}的存储内容未通过哈希核对"),
            _ => null,
        };
    }

    private static bool NeedsReviewed(DocumentKind kind) =>
        kind is DocumentKind.PenaltyNotice or DocumentKind.PenaltyDecision or DocumentKind.NoPenaltyDecision;
}
