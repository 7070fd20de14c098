using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>立案: competence, limitation, one fine, filing standard (art. 17 to 25, 29, 36, 54).</summary>
internal static class FilingGuards
{
    public static void All(ActScope scope)
    {
        if (!Complete(scope, scope.Act.Filing))
            return;
        Ordinary(scope, scope.Act.Filing);
        scope.Said(ActScope.IsText(scope.Act.Filing.FilingStandard), "符合的立案标准");
        MonitorsReviewed(scope);
    }

    /// <summary>What the simple procedure asks of a violation as well.</summary>
    public static void Ordinary(ActScope scope, Filing filing, bool fines = true)
    {
        Competence(scope, filing);
        Limitation(scope, filing);
        if (fines)
            OneFine(scope, filing);
    }

    public static bool Complete(ActScope scope, Filing? filing)
    {
        bool said = filing is not null && ActScope.IsText(filing.ItemId) && ActScope.IsText(filing.UnitId) && ActScope.IsText(filing.PartyName)
            && filing.PartyKind != PartyKind.Unspecified && ActScope.IsText(filing.Facts)
            && (ActScope.IsText(filing.TerritoryId) || filing.Position is not null || ActScope.IsText(filing.Place))
            && ActScope.IsDay(filing.ActFromDay) && ActScope.IsDay(filing.ActThroughDay);
        if (!scope.Said(said, "事项、承办机构、当事人、违法地点、违法行为起止日期和事实"))
            return false;
        return scope.Require("ACT_DAYS", string.CompareOrdinal(filing!.ActFromDay, filing.ActThroughDay) <= 0
            && string.CompareOrdinal(filing.ActThroughDay, CivilDay.ToText(scope.Today)) <= 0,
            "违法行为的起止日期颠倒，或晚于今天", "核对日期", "APL-36");
    }

    public static void Competence(ActScope scope, Filing filing)
    {
        GuardAnswer answer = CompetencePolicy.MayHandle(scope.Context.Book, new MayHandleRequest
        {
            UnitId = filing.UnitId, ItemId = filing.ItemId, TerritoryId = filing.TerritoryId,
            HasPoint = filing.TerritoryId.Length == 0 && filing.Position is not null,
            Latitude = filing.Position?.Latitude ?? 0, Longitude = filing.Position?.Longitude ?? 0,
        }, scope.Context.AsOf);
        if (answer.Allowed)
            scope.Guards.Pass("COMPETENCE", answer.Reason, answer.Steps.SelectMany(step => step.Entries), "APL-17", "APL-22");
        else
            scope.Guards.Fail("COMPETENCE", $"{filing.UnitId} 对事项 {filing.ItemId} 在此地此日没有管辖权：{Wrong(answer)}",
                "移送有管辖权的机关，或核对事项、地点和授权", "APL-17", "APL-22");
    }

    private static string Wrong(GuardAnswer answer) => answer.Steps.First(step => !step.Passed).Name switch
    {
        "UNIT" => "机构当日不在登记册内",
        "ITEM" => "事项当日不在公布的清单内",
        "LAW" => "事项的依据当日没有生效的条文",
        "GRANT" => "没有法定职权、赋权或委托",
        "TERRITORY" => "地点不在其管辖区域",
        string other => other,
    };

    // Two years from the end of the act to its discovery; five where life, health or financial safety was harmed.
    private static void Limitation(ActScope scope, Filing filing)
    {
        if (!CivilDay.TryParse(filing.ActThroughDay, out DateOnly ended))
            return;
        DateOnly found = CivilDay.Of(Micros.Of(scope.Case.OpenedAt) ?? scope.Context.AsOf.AtMicros);
        DateOnly last = ended.AddYears(filing.SeriousHarm ? 5 : 2);
        scope.Require("LIMITATION", found <= last, $"违法行为终了于 {filing.ActThroughDay}，至 {CivilDay.ToText(found)} 发现时已超过{(filing.SeriousHarm ? "五" : "二")}年",
            "不再给予行政处罚；以超过时效不予立案", "APL-36");
    }

    private static void OneFine(ActScope scope, Filing filing)
    {
        if (!CivilDay.TryParse(filing.ActFromDay, out DateOnly from) || !CivilDay.TryParse(filing.ActThroughDay, out DateOnly through))
            return;
        PartyDecision? fined = scope.Context.Party.FirstOrDefault(known => known.Fined && known.IsSameViolation(filing.ItemId, from, through));
        scope.Require("ONE_FINE", fined is null, $"同一违法行为已由 {fined?.Reference} 罚款", "不得再给予罚款；以已处罚不予立案", "APL-29");
    }

    // 18, T9a: a case that rests on agency monitors alone needs their review first; any other source does not.
    private static void MonitorsReviewed(ActScope scope)
    {
        CaseEvidence[] items = [.. scope.Case.Evidence.Where(item => !item.Detached)];
        bool onlyMonitors = items.Length > 0 && items.All(item => EvidenceGuards.IsMonitor(scope, item));
        bool isAlertAlone = items.Length == 0 && (scope.Case.Source?.Kind ?? LeadSourceKind.Unspecified) == LeadSourceKind.Alert;
        if (scope.Case.State == ProcedureState.A2EvidenceReview || onlyMonitors || isAlertAlone)
            EvidenceGuards.Reviewed(scope, atLeastOne: true);
        scope.Require("MONITOR_REVIEWED", scope.Case.State == ProcedureState.A2EvidenceReview || !(onlyMonitors || isAlertAlone),
            "仅有电子技术监控记录，未经法制和技术审核", "先提交证据审核；未经审核或者审核不合格的，不得作为行政处罚的证据", "APL-41");
    }
}
