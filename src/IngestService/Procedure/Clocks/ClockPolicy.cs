using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Procedure.Clocks;

/// <summary>Deadlines of a case: what an act does to them, which of them refuses an act, which marks time has passed. Pure.</summary>
internal static class ClockPolicy
{
    /// <summary>What becomes of the clocks by an act that takes effect now; in this order, each change with the whole clock.</summary>
    /// <param name="before">The case the act was decided on.</param>
    /// <param name="act">The act; an approved one as it was asked for.</param>
    /// <param name="to">The state it leads to.</param>
    /// <param name="at">The instant of the decision.</param>
    /// <param name="rules">In force.</param>
    /// <param name="calendar">As of the decision.</param>
    public static IReadOnlyList<ClockChange> After(
        ProcedureCase before, ProcedureAct act, ProcedureState to, DateTimeOffset at, ProcedureRules rules, ClockCalendar calendar)
    {
        ClockTurn turn = new(before, act, at, rules, calendar);
        turn.Stop(to);
        turn.Reopen();
        turn.Change();
        turn.PauseByState(to);
        turn.Start(to);
        return turn.Changes;
    }

    /// <summary>Clocks that begin with the lead itself, whoever does something to it first.</summary>
    /// <param name="domain">Of the case file.</param>
    /// <param name="source">Of the lead; with the instant until which it is to be answered, where it asked to be.</param>
    /// <param name="at">When the file is opened.</param>
    /// <param name="rules">In force.</param>
    /// <param name="calendar">As of the opening.</param>
    public static IReadOnlyList<ClockChange> AtOpening(string domain, LeadSource? source, DateTimeOffset at, ProcedureRules rules, ClockCalendar calendar)
    {
        Timestamp received = source?.ReceivedAt ?? Timestamp.FromDateTimeOffset(at);
        Timestamp? answer = source is { FeedbackDue: true } ? source.DueAt : null;
        return [.. rules.DeadlinesOn(domain, CivilDay.Of(Micros.Of(at))).Where(rule => rule.CountsFrom == CountsFrom.Opening && (!rule.DueFromAct || answer is not null))
            .Select(rule => new ClockChange { Kind = ClockChangeKind.Started, Clock = ClockTurn.Begin(rule, "", received, rule.DueFromAct ? answer : null, calendar) })];
    }

    /// <summary>
    /// All clocks that refuse the act: each BLOCK that has expired, each waiting period that is not over.
    /// </summary>
    /// <param name="subject">The case.</param>
    /// <param name="kind">What is to be done.</param>
    /// <param name="at">When it is done: of an application, when it was made; of a decision, when it is decided.</param>
    /// <param name="rules">In force.</param>
    public static IEnumerable<ClockState> Blocks(ProcedureCase subject, ProcedureActKind kind, DateTimeOffset at, ProcedureRules rules)
    {
        Timestamp now = Timestamp.FromDateTimeOffset(at);
        foreach (ClockState clock in subject.Clocks)
        {
            if (clock.StoppedAt is not null || RuleOf(clock, subject.Domain, rules) is not { } rule || !rule.HeldActs.Contains(kind)
                || rule.When == ClockCondition.HearingOffered && subject.Notice is not { HearingOffered: true })
                continue;
            bool isOver = clock.PausedSince is null && clock.DueAt <= now;
            if (clock.Effect == ClockEffect.Block && isOver || clock.Effect == ClockEffect.Opens && !isOver)
                yield return clock;
        }
    }

    /// <summary>Marks that are passed and not told yet, of every running clock, in the order of time.</summary>
    public static IReadOnlyList<ClockReached> Reached(ProcedureCase subject, DateTimeOffset now) =>
        [.. subject.Clocks.SelectMany(clock => Reached(subject.CaseId, clock, now)).OrderBy(reached => reached.Mark.ToDateTimeOffset())];

    /// <summary>As above, of one clock.</summary>
    public static IEnumerable<ClockReached> Reached(string caseId, ClockState clock, DateTimeOffset now)
    {
        Timestamp instant = Timestamp.FromDateTimeOffset(now);
        foreach (ClockStage stage in Owed(clock).Where(stage => DuePolicy.MarkOf(clock, stage) <= instant))
        {
            yield return new ClockReached
            {
                CaseId = caseId, DeadlineId = clock.DeadlineId, Subject = clock.Subject, StartEntry = clock.StartEntry, Revision = clock.Revision,
                Stage = stage, Mark = DuePolicy.MarkOf(clock, stage), Effect = stage == ClockStage.Expired ? clock.Effect : ClockEffect.Unspecified,
            };
        }
    }

    /// <summary>The next mark a clock waits for; null: stopped, paused or all told.</summary>
    public static Timestamp? NextMark(ClockState clock) => Owed(clock).Select(stage => DuePolicy.MarkOf(clock, stage)).Min();

    /// <summary>The clock computed with these calendars; the same one, where nothing changed. One whose deadline is in no rules stays as it is.</summary>
    public static ClockState Recompute(ClockState clock, DeadlineRule? rule, ClockCalendar calendar)
    {
        if (rule is null || clock.StoppedAt is not null)
            return clock;
        ClockState computed = clock.Clone();
        DuePolicy.Set(computed, rule, calendar);
        if (computed.Equals(clock))
            return clock;
        ClockState after = clock.Clone();
        ClockRevision.Take(after, computed);
        return after;
    }

    /// <summary>As the rule stood on the day the clock started; else the last of that id there is.</summary>
    public static DeadlineRule? RuleOf(ClockState clock, string domain, ProcedureRules rules) =>
        rules.DeadlineOn(clock.DeadlineId, domain, CivilDay.Of(Micros.Of(clock.StartedAt) ?? 0))
        ?? rules.Deadlines.LastOrDefault(rule => rule.Id == clock.DeadlineId);

    private static IEnumerable<ClockStage> Owed(ClockState clock) => clock.StoppedAt is not null || clock.PausedSince is not null
        ? []
        : Stages.Where(stage => DuePolicy.MarkOf(clock, stage) is not null && !clock.Reached.Contains(stage));

    private static readonly ClockStage[] Stages = [ClockStage.Half, ClockStage.Eighty, ClockStage.LastDay, ClockStage.Expired];
}
