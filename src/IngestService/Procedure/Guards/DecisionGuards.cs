using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Acts;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>What stands between a case and its decision (invariants 3 to 6, 8, 9, 12).</summary>
internal static class DecisionGuards
{
    public static void Penalty(ActScope scope)
    {
        CaseDecision? said = scope.Act.Decision;
        if (!scope.Said(said is not null && said.Sanction is { Kinds.Count: > 0 } && ActScope.IsText(said.Reasons), "处罚种类和理由"))
            return;
        SanctionGuards.Whole(scope, said!.Sanction);
        Heard(scope);
        ReviewCounts(scope);
        EvidenceGuards.MayBeCited(scope, scope.Case.Report?.EvidenceKeys ?? []);
        EvidenceGuards.NamesNoneExcluded(scope, said.Reasons, said.Sanction.Text);
        scope.Require("NOT_HEAVIER", scope.Case.Notice is null || !SanctionGuards.IsHeavier(scope.Case.Notice.Sanction, said.Sanction),
            "处罚重于告知的内容", "不得因陈述申辩加重处罚；有新的事实的，变更意见、重新审核并告知", "APL-45");
        scope.Require("SANCTION_REVIEWED", SanctionGuards.IsSame(scope.Case.Report?.Sanction ?? new Sanction(), said.Sanction),
            "处罚与经过法制审核的意见不同", "变更拟处理意见后重新送审", "APL-58");
        scope.Require("COLLECTIVE", !NeedsDiscussion(scope) || scope.Case is { State: ProcedureState.E0Collective, Discussion: not null }, "情节复杂或者重大违法行为，没有集体讨论", "由负责人集体讨论决定", "APL-57");
        if (scope.Case.Filing is { } filing)
            FilingGuards.Ordinary(scope, filing, fines: said.Sanction.FineFen > 0);
        scope.Require("DECISION_TEXT", ActScope.IsText(said.Sanction.Text) && ActScope.IsText(said.Remedy)
            && (said.Sanction.FineFen == 0 || ActScope.IsText(said.PaymentPlace)),
            "决定内容不完整：处罚内容、履行方式和期限、救济途径", "补足第五十九条规定的内容", "APL-59");
        scope.Require("COLLECTOR", !said.CollectedOnTheSpot || said.Sanction.FineFen <= 10_000, "当场收缴超过一百元", "由当事人到指定银行或者电子支付系统缴纳", "APL-68");
        scope.Require("TRANSCRIPT", scope.Case.Hearing is null || scope.Case.Hearing.HeldAt is null || ActScope.IsText(said.TranscriptRef), "没有依据听证笔录", "引用听证笔录", "APL-65");
    }

    public static void NoPenalty(ActScope scope)
    {
        CaseDecision? said = scope.Act.Decision;
        if (!scope.Said(said is not null && said.Ground != NoPenaltyGround.Unspecified && Enum.IsDefined(said.Ground) && ActScope.IsText(said.Reasons), "不予处罚的法定情形和理由"))
            return;
        scope.Require("NO_SANCTION", said!.Sanction is null || said.Sanction.Kinds.Count == 0, "不予处罚决定里有处罚", "删去处罚内容", "APL-57");
        ReviewCounts(scope);
        EvidenceGuards.NamesNoneExcluded(scope, said.Reasons);
        bool educates = said.Ground is NoPenaltyGround.Minor or NoPenaltyGround.First or NoPenaltyGround.NoFault or NoPenaltyGround.AgeOrMind;
        scope.Require("EDUCATED", !educates || ActScope.IsText(said.Education), "没有教育记录", "对当事人进行教育并记录", "APL-33");
        bool needsCorrection = said.Ground is NoPenaltyGround.Minor or NoPenaltyGround.First;
        scope.Require("CORRECTED", !needsCorrection || said.CorrectedInTime, "没有及时改正", "及时改正是该情形的条件；未改正的应当处罚", "APL-33");
        PartyDecision? earlier = scope.Context.Party.FirstOrDefault(known => known.ItemId == scope.Case.Filing?.ItemId);
        bool isKnown = ActScope.IsText(scope.Case.Filing?.ObjectId ?? ""); // of a name alone nobody can say what went before
        scope.Require("FIRST", said.Ground != NoPenaltyGround.First || (isKnown && earlier is null),
            isKnown ? $"不是初次违法：{earlier?.Reference}" : "当事人没有关联执法对象，无从核实是否初次违法",
            isKnown ? "选择其他法定情形，或者处罚" : "立案时关联执法对象登记册中的当事人，或选择其他法定情形", "APL-33");
    }

    /// <summary>Invariants 3 and 4.</summary>
    public static void Heard(ActScope scope)
    {
        ProcedureCase subject = scope.Case;
        if (!scope.Require("NOTICE_SERVED", subject.Notice is not null, "没有送达告知书", "先告知拟处罚的内容、事实、理由、依据和权利并送达", "APL-44", "APL-62"))
            return;
        scope.Require("HEARING_SETTLED", !subject.HearingRequested, "有未处理的听证申请", "举行听证，或由当事人撤回", "APL-63", "APL-64");
        scope.Require("DEFENCE_RECHECKED", subject.Defences.Count == 0 || ActScope.IsText(subject.DefenceRecheck), "陈述申辩没有复核", "对事实、理由和证据进行复核", "APL-45");
        bool isHeld = subject.Hearing is { HeldAt: not null };

        // Rules without the period do not take the hearing away: then only the hearing itself, or a waiver, opens the way.
        bool isOver = HearingPeriod(subject) is { } period && scope.Now >= Instants.Of(period.DueAt);
        scope.Require("HEARING_PERIOD", !subject.Notice!.HearingOffered || isHeld || subject.HearingWaived || isOver,
            "听证申请期限未满", "等期限届满，或由当事人书面放弃听证", "APL-62", "APL-64");
    }

    /// <summary>D-06 of the newest notice, running or ended; a new notice starts a new one.</summary>
    public static ClockState? HearingPeriod(ProcedureCase subject) => subject.Clocks.LastOrDefault(clock => clock.DeadlineId == "D-06");

    /// <summary>Invariant 5.</summary>
    private static void ReviewCounts(ActScope scope)
    {
        if (!scope.Require("REVIEWED", scope.Case.Opinion is { Agrees: true }, "没有通过法制审核", "送法制审核；未经审核或者审核未通过的，不得作出决定", "APL-58"))
            return;
        scope.Require("REVIEW_VALID", ReviewActs.IsReviewed(scope.Case), "法制审核后事实、证据或者拟处罚有变化，审核已失效", "变更拟处理意见后重新送审", "APL-58");
    }

    private static bool NeedsDiscussion(ActScope scope) =>
        scope.Profile?.CollectiveForAll == true || scope.Case.Report?.IsComplicated == true;
}
