using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Acts;
using EdgeEnforcement.IngestService.Procedure.Rules;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>归档 (art. 47, T34): a record for every stage, numbers without holes, files verified, retention set.</summary>
internal static class ArchiveGuards
{
    public static void Whole(ActScope scope)
    {
        if (scope.Said(scope.Act.Closing is { } said && said.Retention != RetentionClass.Unspecified && ActScope.IsText(said.ArchiveNumber), "保管期限和档号"))
            scope.Require("RETENTION", Enum.IsDefined(scope.Act.Closing.Retention), "保管期限不存在", "从保管期限中选择", "APL-47");
        foreach (string missing in Missing(scope.Case, scope.Profile))
            scope.Guards.Fail("FILE_COMPLETE", missing, "补齐后归档", "APL-47");
        if (scope.Guards.Failed.Count == 0)
            scope.Guards.Pass("FILE_COMPLETE", "", [], "APL-47");
    }

    /// <summary>What the file lacks, in words; empty: it is whole. Also the case page's list.</summary>
    public static IEnumerable<string> Missing(ProcedureCase subject, DomainProfile? profile)
    {
        bool isOrdinary = Has(subject, Kind.File);
        if (isOrdinary && !Has(subject, Kind.Terminate))
        {
            foreach ((Kind stage, string words) in Stages)
            {
                if (!Has(subject, stage))
                    yield return $"没有{words}的记录";
            }
        }

        if (LeadActs.IsFeedbackOwed(subject))
            yield return "线索来源要求反馈，尚未反馈处理结果";
        foreach (DocumentKind kind in profile is null ? [] : Papers(subject, profile))
        {
            if (!subject.Documents.Any(document => document.Kind == kind && document.CorrectedBy.Length == 0))
                yield return $"卷内没有{Words.Of(kind)}";
        }

        foreach (CaseDocument document in subject.Documents.Where(document => document.ScanSha256.Length == 0 && document.CorrectedBy.Length == 0))
            yield return $"{Words.Of(document.Kind)} {document.CommonNumber} 没有签章扫描件";
        foreach (CaseEvidence item in subject.Evidence.Where(item => !item.Detached && item.Source.Key.StartsWith("media/", StringComparison.Ordinal)))
        {
            if (!item.Source.Verified)
                yield return $"音像资料 {item.Source.Key} 未校验";
            if (item.Outcome != EvidenceOutcome.Unspecified && item.CommonNumber.Length == 0)
                yield return $"音像资料 {item.Source.Key} 没有共同编号";
        }

        foreach (uint hole in Holes(subject))
            yield return $"共同编号缺第 {hole} 号";
    }

    // Each outcome its own papers: what was decided on the spot, a penalty, none, or the end of an inquiry that found nothing.
    private static IEnumerable<DocumentKind> Papers(ProcedureCase subject, DomainProfile profile)
    {
        if (Has(subject, Kind.DecideSimple))
            return profile.SimpleFileDocuments;
        if (!Has(subject, Kind.File))
            return [];
        if (Has(subject, Kind.Terminate))
            return profile.FileDocuments.Where(kind => kind is DocumentKind.FilingApproval or DocumentKind.ClosingApproval);
        return subject.Decision?.Sanction?.Kinds.Count > 0
            ? profile.FileDocuments
            : profile.FileDocuments.Where(kind => kind != DocumentKind.PenaltyNotice)
                .Select(kind => kind == DocumentKind.PenaltyDecision ? DocumentKind.NoPenaltyDecision : kind);
    }

    private static readonly (Kind, string)[] Stages =
    [
        (Kind.AssignOfficers, "指派承办人"), (Kind.RecordInvestigation, "调查取证"), (Kind.EndInvestigation, "调查终结"), (Kind.SubmitReview, "送法制审核"),
        (Kind.GiveOpinion, "法制审核"), (Kind.ServeDecision, "送达决定"), (Kind.CloseCase, "结案"),
    ];

    private static bool Has(ProcedureCase subject, Kind kind) => subject.Acts.Any(made => made.Kind == kind && !made.Requested);

    // Numbers are given 1, 2, 3 ...; each stands on a document or on an item.
    private static IEnumerable<uint> Holes(ProcedureCase subject)
    {
        HashSet<string> ends = [.. subject.Documents.Select(document => document.CommonNumber)
            .Concat(subject.Evidence.Select(item => item.CommonNumber)).Where(number => number.Length > 0).Select(number => number[(number.LastIndexOf('-') + 1)..])];
        for (uint i = 1; i <= subject.LastCommonNumber; i++)
        {
            if (!ends.Contains(CommonNumber.Ordinal(i)))
                yield return i;
        }
    }
}
