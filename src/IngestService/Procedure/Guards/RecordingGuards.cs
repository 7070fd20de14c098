using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>音像记录: the duty by activity, holes between recordings, steps with their places on the recording (art. 47).</summary>
internal static class RecordingGuards
{
    public static void Duty(
        ActScope scope, string activity, DateTimeOffset from, DateTimeOffset until, IEnumerable<MediaSegment> media, string notRecorded, string approver)
    {
        RecordingDuty? duty = scope.Profile?.RecordingDuties.FirstOrDefault(known => known.Activity == activity);
        if (duty is not { IsMust: true })
            return;
        MediaSegment[] parts = [.. media];
        bool isExcused = ActScope.IsText(notRecorded) && ActScope.IsText(approver);
        if (parts.Length == 0)
        {
            scope.Require("RECORDED", isExcused, $"“{duty.Zh}”应当全程音像记录，没有录音录像", "关联音像资料，或写明未记录的理由和批准人", "APL-47");
            return;
        }

        TimeSpan hole = LongestHole(scope.Case, parts, from, until);
        scope.Require("RECORDING_WHOLE", isExcused || hole.TotalMilliseconds <= duty.GapToleranceMs,
            $"“{duty.Zh}”的音像记录中断 {hole.TotalSeconds:F0} 秒", "补充中断时段的资料，或写明中断理由和批准人", "APL-47");
    }

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
        return (start.AddMilliseconds(part.FromMs), start.AddMilliseconds(part.UntilMs));
    }

    private static DateTimeOffset At(ProcedureCase subject, StepMark mark) => Start(subject, mark.EvidenceKey).AddMilliseconds(mark.AtMs);

    // A file without capture time covers nothing: the hole shows it.
    private static DateTimeOffset Start(ProcedureCase subject, string key) =>
        Instants.Of(EvidenceGuards.Find(subject, key)?.Source.CapturedAt);
}
