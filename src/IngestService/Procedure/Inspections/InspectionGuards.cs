using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Inspections;

/// <summary>What each act on an inspection has to satisfy (art. 42, 47, 54, 55).</summary>
internal static class InspectionGuards
{
    private const int MostTextLength = 2_000;
    private const int MostOfficers = 50;

    public static void Plan(InspectionScope scope)
    {
        InspectionPlan plan = scope.Plan;
        bool said = plan.Trigger != InspectionTrigger.Unspecified && IsText(plan.Reference) && IsText(plan.ItemId) && IsText(plan.UnitId)
            && (IsText(plan.ObjectId) || IsText(plan.Place)) && plan.WindowFrom is not null && plan.WindowUntil is not null
            && plan.Retention != RetentionClass.Unspecified && plan.OfficerIds.Count <= MostOfficers && IsShort(plan.Matters) && IsShort(plan.RepeatedReason);
        if (!scope.Law.Said(said, "检查来源及其编号、事项、检查机构、检查对象或地点、起止时间、保管期限"))
            return;
        scope.Require("WINDOW", Instants.Of(plan.WindowFrom) < Instants.Of(plan.WindowUntil) && Instants.Of(plan.WindowUntil) > scope.Law.Now,
            "检查的起止时间颠倒，或已经过去", "核对起止时间", "APL-54");
        scope.Require("OBJECT_KNOWN", scope.Context.IsObjectKnown, $"执法对象 {plan.ObjectId} 不在登记册内", "先登记执法对象，或只写明地点", "APL-54");
        FilingGuards.Competence(scope.Law, new Filing
        {
            ItemId = plan.ItemId, UnitId = plan.UnitId, TerritoryId = plan.TerritoryId, Position = plan.Position,
        });
        TwoOfficers(scope);
        By(scope, OfficerRole.UnitHead);
        Repeated(scope, plan.RepeatedReason);
    }

    public static void Start(InspectionScope scope)
    {
        InspectionStart start = scope.Act.Start ?? new InspectionStart();
        scope.Law.Said(IsText(start.Place) && IsShort(start.AttendedBy), "检查地点");
        Happened(scope, Instants.Of(scope.Plan.WindowFrom));
        scope.Require("IN_WINDOW", scope.Law.HappenedAt < Instants.Of(scope.Plan.WindowUntil), "检查任务的起止时间已经过去", "取消后重新下达检查任务", "APL-54");
        scope.Require("ID_SHOWN", start.IdentityShown, "没有出示执法证件", "检查时应当主动向当事人或者有关人员出示执法证件", "APL-55");
        TwoOfficers(scope);
        Inspector(scope);
        Repeated(scope, start.RepeatedReason);
    }

    public static void Link(InspectionScope scope)
    {
        InspectionRecording recording = scope.Act.Recording ?? new InspectionRecording();
        scope.Require("RECORDING_KNOWN", scope.Context.IsManifestKnown, $"没有第 {recording.ManifestIndex} 条音像清单", "选择已入库的音像资料", "APL-47");
        scope.Require("RECORDING_NEW", recording.Finding > 0 || !IsLinked(scope, recording.ManifestIndex), "该音像资料已关联", "不必重复关联");
        scope.Require("FINDING_KNOWN", recording.Finding <= scope.Subject.Findings.Count, $"没有第 {recording.Finding} 项检查发现", "选择已记录的检查发现");
        By(scope, OfficerRole.EvidenceCustodian);
    }

    public static void Unlink(InspectionScope scope)
    {
        InspectionRecording recording = scope.Act.Recording ?? new InspectionRecording();
        string key = Key(recording.ManifestIndex);
        scope.Law.Said(IsText(recording.Reason), "解除关联的理由");
        scope.Require("RECORDING_LINKED", IsLinked(scope, recording.ManifestIndex), $"音像资料 {key} 没有关联到本次检查", "选择已关联的音像资料", "APL-47");
        scope.Require("RECORDING_FREE", scope.Subject.Findings.All(found => !found.Finding.EvidenceKeys.Contains(key)),
            "检查发现以该音像资料为依据", "作为依据的音像资料不得解除关联", "APL-47");
        By(scope, OfficerRole.EvidenceCustodian);
    }

    public static void Finding(InspectionScope scope)
    {
        InspectionFinding finding = scope.Act.Finding ?? new InspectionFinding();
        scope.Law.Said(IsText(finding.Text) && (!finding.Violation || IsText(finding.ItemId)), "检查发现的内容；违法的，所属事项");
        bool isItem = !finding.Violation || !IsText(finding.ItemId)
            || scope.Context.Law.Book.InForce(RegisterKind.Item, finding.ItemId, scope.Context.Law.AsOf) is not null;
        scope.Require("ITEM_KNOWN", isItem, $"事项 {finding.ItemId} 不在登记册内", "选择公布清单内的事项", "APL-54");
        string[] strange = [.. finding.EvidenceKeys.Where(key => scope.Subject.Recordings.All(media => media.Source.Key != key))];
        scope.Require("RECORDING_LINKED", strange.Length == 0, $"音像资料 {string.Join("、", strange)} 没有关联到本次检查", "先关联音像资料", "APL-47");
        Happened(scope, Instants.Of(scope.Subject.StartedAt));
        Inspector(scope);
    }

    public static void Finish(InspectionScope scope)
    {
        InspectionFinish finish = scope.Act.Finish ?? new InspectionFinish();
        scope.Law.Said(finish.Outcome != InspectionOutcome.Unspecified && IsText(finish.Conclusion)
            && (finish.Outcome != InspectionOutcome.Corrected || IsText(finish.Correction)), "检查结果和结论；当场改正的，改正情况");
        Outcome(scope, finish.Outcome);
        bool mustRecord = scope.Law.Profile?.RecordingDuties.FirstOrDefault(known => known.Activity == "scene")?.IsMust == true;
        scope.Require("RECORDED", !mustRecord || scope.Subject.Recordings.Count > 0 || (IsText(finish.NotRecorded) && IsText(finish.NotRecordedApprover)),
            "现场检查应当音像记录，没有录音录像", "关联音像资料，或写明未记录的理由和批准人", "APL-47");
        Happened(scope, Latest(scope.Subject.Findings.Select(found => Instants.Of(found.At)).Append(Instants.Of(scope.Subject.StartedAt))));
        Inspector(scope);
    }

    public static void Cancel(InspectionScope scope)
    {
        scope.Law.Said(IsText(scope.Act.Cancel?.Reason ?? ""), "取消的理由");
        scope.Require("NOTHING_FOUND", !scope.Subject.Findings.Any(found => found.Finding.Violation), "已发现违法，不得取消", "以“发现违法”结束检查，按线索办理", "APL-54");
        By(scope, OfficerRole.UnitHead);
    }

    /// <summary>Findings that may become a case: violations of an inspection that ended with one, each once.</summary>
    public static IEnumerable<uint> OpenFindings(Inspection subject) => subject.Finish?.Outcome != InspectionOutcome.Violation ? []
        : Enumerable.Range(1, subject.Findings.Count).Select(ordinal => (uint)ordinal)
            .Where(ordinal => subject.Findings[(int)ordinal - 1].Finding.Violation && !subject.Cases.Any(opened => opened.Findings.Contains(ordinal)));

    private static void Outcome(InspectionScope scope, InspectionOutcome outcome)
    {
        int findings = scope.Subject.Findings.Count;
        bool violated = scope.Subject.Findings.Any(found => found.Finding.Violation);
        bool fits = outcome switch
        {
            InspectionOutcome.NoProblem => findings == 0,
            InspectionOutcome.Corrected => findings > 0 && !violated,
            InspectionOutcome.Violation => violated,
            InspectionOutcome.Unspecified or _ => true, // said above
        };
        scope.Require("OUTCOME", fits, $"检查结果“{InspectionWords.Of(outcome)}”与所记录的 {findings} 项发现不符{(violated ? "，其中有违法" : "")}",
            "违法的以“发现违法”结束；只有未违法的问题才可当场改正；没有发现的为“未发现问题”", "APL-54");
    }

    // Certificates and roles are those of the day of the act; a plan is judged on the day it is made, and again when it begins.
    private static void TwoOfficers(InspectionScope scope)
    {
        string[] officers = [.. scope.Officers.Distinct()];
        scope.Require("TWO_OFFICERS", officers.Length >= 2 && officers.Length == scope.Officers.Count, "检查人员少于两人，或同一人列了两次",
            "执法人员不得少于两人", "APL-42", "APL-55");
        foreach (string officer in officers)
            OfficerGuards.MayAct(scope.Law, officer, OfficerRole.Handler, "检查人员");
    }

    private static void Inspector(InspectionScope scope)
    {
        string actor = scope.Act.Actor.Id;
        if (scope.Require("INSPECTOR", scope.Officers.Contains(actor), $"{actor} 不是本次检查的人员", "由参加检查的执法人员办理", "APL-42", "APL-55"))
            OfficerGuards.MayAct(scope.Law, actor, OfficerRole.Handler, "办理人");
    }

    /// One of the inspectors, or a person of that role.
    private static void By(InspectionScope scope, OfficerRole otherwise) =>
        OfficerGuards.MayAct(scope.Law, scope.Act.Actor.Id, scope.Officers.Contains(scope.Act.Actor.Id) ? OfficerRole.Handler : otherwise, "办理人");

    private static void Happened(InspectionScope scope, DateTimeOffset earliest) => scope.Require("HAPPENED",
        scope.Law.HappenedAt <= scope.Law.Now && scope.Law.HappenedAt >= earliest.AddMinutes(-1), "行为时间在将来，或早于其前提", "按实际时间记录"); // forms give minutes

    private static void Repeated(InspectionScope scope, string reason)
    {
        bool isExempt = scope.Plan.Trigger is InspectionTrigger.Complaint or InspectionTrigger.Alert;
        // The plan's reason holds for those it was given for, not for one that was begun since.
        EarlierInspection[] earlier = [.. scope.Context.Earlier.Where(known => !IsText(scope.Plan.RepeatedReason)
            || scope.Subject.Earlier.All(warned => warned.InspectionId != known.InspectionId))];
        scope.Require("REPEATED", earlier.Length == 0 || isExempt || IsText(reason), $"{scope.Law.Profile?.InspectionWarningDays} 天内已检查过同一对象：{string.Join("；", earlier.Select(Words))}", "写明再次检查的理由，避免重复检查", "APL-54");
    }

    private static string Words(EarlierInspection earlier) =>
        $"{earlier.UnitId} {earlier.Number}（{CivilDay.ToText(CivilDay.Of(Micros.Of(earlier.StartedAt) ?? 0))}，{InspectionWords.Of(earlier.Outcome)}）";

    private static DateTimeOffset Latest(IEnumerable<DateTimeOffset> instants) => instants.Max();

    private static bool IsLinked(InspectionScope scope, ulong manifest) => scope.Subject.Recordings.Any(media => media.Source.EntryIndex == manifest);

    private static string Key(ulong manifest) => $"media/{manifest.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private static bool IsText(string text) => ActScope.IsText(text) && IsShort(text);

    private static bool IsShort(string text) => text.Length <= MostTextLength;
}
