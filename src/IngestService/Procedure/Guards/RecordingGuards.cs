using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>音像记录: the duty by activity, holes between recordings, steps with their places on the recording (art. 47).</summary>
internal static class RecordingGuards
{
    /// <summary>What is said of the recording of one act.</summary>
    internal readonly record struct Recording(IEnumerable<MediaSegment> Media, string NotRecordedReason, string NotRecordedApprover);

    /// <summary>Of an investigation record: what its kind owes, and what its writer named besides.</summary>
    public static void Duties(ActScope scope, InvestigationRecord record)
    {
        string owed = record.Kind switch
        {
            InvestigationRecordKind.Inquiry => "inquiry",
            InvestigationRecordKind.Scene or InvestigationRecordKind.Sampling => "scene",
            _ => "",
        };
        foreach (string activity in new[] { owed, record.Activity }.Where(activity => activity.Length > 0).Distinct())
            Duty(scope, activity, (Instants.Of(record.From), Instants.Of(record.Until)), new(record.Media, record.NotRecordedReason, record.NotRecordedApprover));
    }

    /// <summary>Of an act that has one instant: the recordings hold it, and have no hole among them. Forms give minutes.</summary>
    public static void Duty(ActScope scope, string activity, DateTimeOffset at, Recording said)
    {
        DateTimeOffset[] starts = [.. said.Media.Select(part => Span(scope.Case, part).Start)];
        DateTimeOffset[] ends = [.. said.Media.Select(part => Span(scope.Case, part).End)];
        DateTimeOffset from = starts.Append(at.AddMinutes(1)).Min();
        DateTimeOffset until = ends.Append(at.AddMinutes(-1)).Max();
        Duty(scope, activity, (from, until), said);
    }

    private static void Duty(ActScope scope, string activity, (DateTimeOffset From, DateTimeOffset Until) time, Recording said)
    {
        RecordingDuty? duty = scope.Profile?.RecordingDuties.FirstOrDefault(known => known.Activity == activity);
        if (duty is null)
            return;
        MediaSegment[] parts = [.. said.Media];
        if (!duty.IsMust)
        {
            if (parts.Length == 0)
                scope.Guards.Pass("RECORDED", $"“{duty.Zh}”宜音像记录而没有记录：{said.NotRecordedReason}", [], "APL-47");
            return;
        }

        bool isExcused = ActScope.IsText(said.NotRecordedReason) && IsHead(scope, said.NotRecordedApprover);
        if (parts.Length == 0)
        {
            scope.Require("RECORDED", isExcused, $"“{duty.Zh}”应当全程音像记录，没有录音录像", "关联音像资料，或写明未记录的理由和批准的负责人", "APL-47");
            return;
        }

        TimeSpan hole = LongestHole(scope.Case, parts, time.From, time.Until);
        scope.Require("RECORDING_WHOLE", isExcused || hole.TotalMilliseconds <= duty.GapToleranceMs,
            $"“{duty.Zh}”的音像记录中断 {hole.TotalSeconds:F0} 秒", "补充中断时段的资料，或写明中断理由和批准的负责人", "APL-47");
    }

    // Nobody excuses himself.
    private static bool IsHead(ActScope scope, string officerId) => officerId != scope.Act.Actor.Id && officerId != scope.Act.SecondOfficerId
        && scope.Context.Book.InForce(RegisterKind.Officer, officerId, scope.Context.AsOf) is { } officer
        && officer.Change.Officer.Assignments.Any(held => held.Roles.Contains(OfficerRole.UnitHead) || held.Roles.Contains(OfficerRole.AgencyHead));

    /// <summary>六先一后: every step marked, in its order, at rising places of the recordings.</summary>
    public static void StepsFirst(ActScope scope, InvestigationRecord record)
    {
        IReadOnlyList<NamedCode> steps = scope.Profile?.StepsFirst ?? [];
        if (steps.Count == 0 || record.Kind != InvestigationRecordKind.Scene)
            return;
        string[] missing = [.. steps.Where(step => record.Steps.All(mark => mark.Step != step.Code)).Select(step => step.Zh)];
        if (!scope.Require("STEPS_FIRST", missing.Length == 0, $"六先一后缺少：{string.Join("、", missing)}", "逐项标注在录像上的时间", "CQ-S2"))
            return;
        DateTimeOffset[] at = [.. steps.Select(step => At(scope.Case, record.Steps.First(mark => mark.Step == step.Code)))];
        scope.Require("STEPS_ORDER", at.Zip(at.Skip(1)).All(pair => pair.First <= pair.Second), "六先一后的顺序颠倒", "按先后顺序标注", "CQ-S2");
    }

    public static TimeSpan LongestHole(ProcedureCase subject, IEnumerable<MediaSegment> parts, DateTimeOffset from, DateTimeOffset until)
    {
        DateTimeOffset covered = from;
        TimeSpan longest = TimeSpan.Zero;
        foreach ((DateTimeOffset start, DateTimeOffset end) in parts.Select(part => Span(subject, part)).OrderBy(span => span.Start))
        {
            if (start - covered > longest)
                longest = start - covered;
            if (end > covered)
                covered = end;
        }

        return until - covered > longest ? until - covered : longest;
    }

    private static (DateTimeOffset Start, DateTimeOffset End) Span(ProcedureCase subject, MediaSegment part)
    {
        DateTimeOffset start = Start(subject, part.EvidenceKey);
        DateTimeOffset end = start.AddMilliseconds(part.UntilMs);
        return (start.AddMilliseconds(part.FromMs), end > End(subject, part.EvidenceKey) ? End(subject, part.EvidenceKey) : end);
    }

    private static DateTimeOffset At(ProcedureCase subject, StepMark mark) => Start(subject, mark.EvidenceKey).AddMilliseconds(mark.AtMs);

    // No part of a file is longer than the file, whatever is said of it.
    private static DateTimeOffset End(ProcedureCase subject, string key) =>
        EvidenceGuards.Find(subject, key)?.Source.CapturedUntil is { } known ? Instants.Of(known) : DateTimeOffset.MaxValue;

    // A file without capture time covers nothing: the hole shows it.
    private static DateTimeOffset Start(ProcedureCase subject, string key) =>
        Instants.Of(EvidenceGuards.Find(subject, key)?.Source.CapturedAt);
}
