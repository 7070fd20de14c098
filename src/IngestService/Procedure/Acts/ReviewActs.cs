using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using EdgeEnforcement.IngestService.Procedure.Rules;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Acts;

/// <summary>法制审核 (T14 to T17): an opinion counts for the report and the evidence list it was given on, and for no other.</summary>
internal static class ReviewActs
{
    public static IEnumerable<ActDefinition> All =>
    [
        new ActBuilder(Kind.SubmitReview).From([B5InvestigationEnded, C1Returned], C0LegalReview).By(UnitHead).Law("APL-58", "CQ-S4").Guarded(Submitted).Build(),
        new ActBuilder(Kind.GiveOpinion).From(C0LegalReview, C1Returned, D0Notice, D1Defence).By(LegalReviewer).Law("APL-58")
            .Guarded(Opinion).To(AfterOpinion).Build(),
        new ActBuilder(Kind.Insist).From(C1Returned, C2Disagreed).By(UnitHead).Law("APL-58", "CQ-S4")
            .Guarded(scope => scope.Said(ActScope.IsText(scope.Act.Remark), "坚持原意见的理由（备注）")).Build(),
        new ActBuilder(Kind.Coordinate).From(C2Disagreed, C0LegalReview, B1Investigating, E0Collective).By(AgencyHead).Law("APL-58", "CQ-S4").Guarded(Coordinated)
            .To(AfterCoordination).Build(),
        new ActBuilder(Kind.Amend).From([D0Notice, D1Defence, E0Collective], C0LegalReview).By(UnitHead).Law("APL-58").Guarded(ReportGuards.Proposed).Build(),
    ];

    /// <summary>Both sides of a comparison that several guards make: is there an opinion, and is it of what lies there now.</summary>
    public static bool IsReviewed(ProcedureCase subject) =>
        subject.ReviewedSha256.Length > 0 && subject.ReviewedSha256.Equals(subject.ReportSha256);

    private static void Submitted(ActScope scope)
    {
        scope.Require("HEAD_ANSWERS", scope.Act.Submission?.TrueAccurateComplete == true, "承办机构负责人没有对真实性、准确性、完整性负责",
            "由承办机构负责人确认材料真实、准确、完整", "CQ-S4");
        scope.Require("REPORT", scope.Case.Report is not null, "没有调查终结报告", "先终结调查", "APL-57");
        EvidenceGuards.Reviewed(scope, atLeastOne: false);
    }

    private static void Opinion(ActScope scope)
    {
        LegalOpinion? said = scope.Act.Opinion;
        if (!scope.Said(said is not null && ActScope.IsText(said.Text), "书面审核意见"))
            return;
        scope.Require("OPINION_BOUND", said!.ReportSha256.Equals(scope.Case.ReportSha256), "审核意见针对的不是现在的报告和证据目录",
            "重新阅读现在的报告后审核", "APL-58");
        NamedCode[] open = [.. scope.Rules.ReviewChecklist.Where(point =>
            said.Checklist.FirstOrDefault(answer => answer.Point == point.Code) is not { Answer: Answer.Yes or Answer.No })];
        scope.Require("CHECKLIST", open.Length == 0, $"审核要点没有逐项回答：{string.Join("、", open.Select(point => point.Zh))}", "逐项回答全部审核要点", "APL-58", "CQ-S4");
        scope.Require("CHECKLIST_AGREES", !said.Agrees || said.Checklist.All(answer => answer.Answer != Answer.No), "有否定的审核要点而结论为同意",
            "结论改为存在问题，或更正要点的回答", "APL-58");
        bool isQualified = scope.Context.Book.InForce(RegisterKind.Officer, scope.Act.Actor.Id, scope.Context.AsOf)?.Change.Officer.LegalQualification == true;
        scope.Require("QUALIFIED", isQualified, "审核人没有国家统一法律职业资格", "由取得资格的人员审核", "APL-58");
    }

    // T15b: what the party was told of already needs no second notice. D1 and not E0 or E1 at once: an opinion discusses and decides nothing.
    private static ProcedureState AfterOpinion(ActScope scope)
    {
        if (!scope.Act.Opinion.Agrees)
            return C1Returned;
        return CoversNow(scope.Case) ? D1Defence : D0Notice;
    }

    private static bool CoversNow(ProcedureCase subject) => subject.Notice is { } told && subject.Report is { } report
        && told.Facts == report.Facts && told.Basis.SequenceEqual(report.Basis) && !SanctionGuards.IsHeavier(told.Sanction, report.Sanction);

    private static void Coordinated(ActScope scope)
    {
        // A discussion does not go round the review: E0 decides nothing without a valid opinion, so what it concludes is amended and reviewed again.
        scope.Said(scope.Act.Coordination is { } said && ActScope.IsText(said.Record) && said.Outcome != ProcedureOutcome.Unspecified
            && Enum.IsDefined(said.Outcome), "协调记录和结果");
    }

    private static ProcedureState AfterCoordination(ActScope scope) => scope.Act.Coordination.Outcome switch
    {
        ProcedureOutcome.ReviewAgain => C0LegalReview,
        ProcedureOutcome.Investigate => B1Investigating,
        ProcedureOutcome.Discuss => E0Collective,
        ProcedureOutcome.Unspecified or _ => C2Disagreed,
    };
}
