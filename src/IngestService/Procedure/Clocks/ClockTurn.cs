using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Procedure.Clocks;

/// <summary>One act's turn on the clocks of a case: the clocks as they come to be, and the changes in their order.</summary>
internal sealed class ClockTurn
{
    private const string ByState = "state:";
    private const long MsPerDay = 86_400_000;

    private readonly ProcedureCase _before;
    private readonly ProcedureAct _act;
    private readonly ProcedureRules _rules;
    private readonly ClockCalendar _calendar;
    private readonly Timestamp _at;
    private readonly Timestamp _done;
    private readonly string _subject;
    private readonly bool _isTrack; // of several that run side by side: 先行登记保存
    private readonly List<ClockState> _clocks;

    public ClockTurn(ProcedureCase before, ProcedureAct act, DateTimeOffset at, ProcedureRules rules, ClockCalendar calendar)
    {
        (_before, _act, _rules, _calendar) = (before, act, rules, calendar);
        _at = Timestamp.FromDateTimeOffset(at);
        _done = act.Service?.ServedAt ?? act.HappenedAt ?? _at;
        string? track = act.Preservation?.PreservationId ?? act.PreservationOutcome?.PreservationId;
        _isTrack = track is not null;
        _subject = track ?? act.Service?.DocumentId ?? "";
        _clocks = [.. before.Clocks.Select(clock => clock.Clone())];
    }

    public List<ClockChange> Changes { get; } = [];

    /// <summary>By an act that ends the period, and by the end of the case.</summary>
    public void Stop(ProcedureState to)
    {
        foreach (ClockState clock in Running())
        {
            DeadlineRule? rule = RuleOf(clock);
            if (IsEndOf(rule, to))
                Stop(clock, _at);
            else if (rule is not null && rule.StopsWith.Contains(_act.Kind) && IsMeant(clock) && Suffices(rule))
                Stop(clock, _done);
        }
    }

    private static bool IsEndOf(DeadlineRule? rule, ProcedureState to) => to switch
    {
        ProcedureState.A1MMerged or ProcedureState.G1Archived => true,
        ProcedureState.A4LeadClosed or ProcedureState.A9Rechecked or ProcedureState.G0Closed => rule is not { OutlastsEnd: true },
        _ => false,
    };

    /// <summary>A merge that is undone takes nothing from a period: what it stopped runs on as if it never had.</summary>
    public void Reopen()
    {
        if (_act.Kind != ProcedureActKind.UndoMerge || _before.Acts.LastOrDefault(made => made is { Kind: ProcedureActKind.Merge, Requested: false }) is not { } merge)
            return;
        foreach (ClockState clock in _clocks.Where(clock => merge.At.Equals(clock.StoppedAt)))
        {
            clock.StoppedAt = null;
            Add(ClockChangeKind.Resumed, clock);
        }
    }

    /// <summary>延长, 扣除 and its end, as the act names them.</summary>
    public void Change()
    {
        if (_act.Deadline is not { } change)
            return;
        foreach (ClockState clock in Running().Where(clock => clock.DeadlineId == change.DeadlineId))
        {
            switch (_act.Kind)
            {
                case ProcedureActKind.ExtendDeadline:
                    Extend(clock, change);
                    break;
                case ProcedureActKind.PauseClock when clock.PausedSince is null && !IsOver(clock):
                    Pause(clock, change.ReasonCode);
                    break;
                case ProcedureActKind.ResumeClock when clock.PausedSince is not null:
                    Resume(clock);
                    break;
            }
        }
    }

    /// <summary>States in which a period stands still by itself. One that is over cannot.</summary>
    public void PauseByState(ProcedureState to)
    {
        foreach (ClockState clock in Running())
        {
            bool stands = RuleOf(clock)?.PausesIn.Contains(to) == true;
            if (stands && clock.PausedSince is null && !IsOver(clock))
                Pause(clock, ByState + ProtoNames<ProcedureState>.Of(to));
            else if (!stands && clock.PauseReason.StartsWith(ByState, StringComparison.Ordinal))
                Resume(clock);
        }
    }

    public void Start(ProcedureState to)
    {
        foreach (DeadlineRule rule in _rules.DeadlinesOn(_before.Domain, Day(_done)).Where(rule => rule.StartsWith.Contains(_act.Kind) && Begins(rule)))
        {
            ClockState? running = Running().Find(clock => clock.DeadlineId == rule.Id && IsMeant(clock));
            if (running is not null && rule.CountsFrom == CountsFrom.Opening)
                continue;
            if (running is not null)
                Stop(running, _done);
            ClockState clock = Begin(rule, _subject, StartOf(rule), rule.DueFromAct ? Named() : null, _calendar);
            _clocks.Add(clock);
            Add(ClockChangeKind.Started, clock);
            if (rule.PausesIn.Contains(to))
                Pause(clock, ByState + ProtoNames<ProcedureState>.Of(to));
        }
    }

    /// <param name="rule">Its deadline.</param>
    /// <param name="subject">What it is about; empty: the case.</param>
    /// <param name="startedAt">From when it counts.</param>
    /// <param name="named">The due instant, where the act names it.</param>
    /// <param name="calendar">As of the entry that starts it.</param>
    public static ClockState Begin(DeadlineRule rule, string subject, Timestamp startedAt, Timestamp? named, ClockCalendar calendar)
    {
        ClockState clock = new()
        {
            DeadlineId = rule.Id, Subject = subject, StartedAt = startedAt, Effect = rule.Effect, OwnerRole = ProtoNames<OfficerRole>.Of(rule.Owner), DueAt = named,
        };
        DuePolicy.Set(clock, rule, calendar);
        return clock;
    }

    private Timestamp StartOf(DeadlineRule rule) => rule.CountsFrom == CountsFrom.Opening
        ? _before.Source?.ReceivedAt ?? _before.OpenedAt ?? _done
        : _act.Service?.EffectiveAt ?? _done;

    private Timestamp? Named() => _act.Reminder?.DueAt ?? _act.Dispatch?.DueAt ?? _act.Deferral?.Until;

    private bool Begins(DeadlineRule rule) => (!rule.DueFromAct || Named() is not null) && rule.When switch
    {
        ClockCondition.Always or ClockCondition.HearingOffered => true,
        ClockCondition.ToBePaid => Money(_act.SimpleDecision is { CollectedOnTheSpot: true } ? null : Sanction()) > 0,
        ClockCondition.CollectedOnTheSpot => _act.SimpleDecision is { CollectedOnTheSpot: true } && Money(Sanction()) > 0,
        ClockCondition.OpinionAgrees => _act.Opinion is { Agrees: true },
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.When, "There is no such condition."),
    };

    /// Some acts end a period only with what they say: all of the money, a waiver of the very right.
    private bool Suffices(DeadlineRule rule) => _act.Kind switch
    {
        ProcedureActKind.RecordPayment => _before.PaidFen + (_act.Payment?.AmountFen ?? 0) >= Money(_before.Decision?.Sanction),
        ProcedureActKind.GiveFeedback => _act.Feedback is { IsFinal: true },
        ProcedureActKind.WaiveDefence when rule.When == ClockCondition.HearingOffered => _act.Defence is { HearingToo: true },
        ProcedureActKind.GiveOpinion when rule.When == ClockCondition.OpinionAgrees => false,
        _ => true,
    };

    private Sanction? Sanction() => (_act.SimpleDecision ?? _act.Decision ?? _before.Decision)?.Sanction;

    private static long Money(Sanction? sanction) => sanction is null ? 0 : sanction.FineFen + sanction.ConfiscationFen;

    private void Extend(ClockState clock, DeadlineChange change)
    {
        if (RuleOf(clock) is not { } rule)
            return;
        clock.Extension += change.Units;
        clock.Extensions.Add(new ClockExtension { ReasonCode = change.ReasonCode, Units = change.Units });
        Recompute(clock, rule, rule.DueFromAct ? TimeSpan.FromDays(change.Units) : TimeSpan.Zero);
        Add(ClockChangeKind.Extended, clock);
    }

    private void Pause(ClockState clock, string reason)
    {
        (clock.PausedSince, clock.PauseReason) = (_done, reason);
        Add(ClockChangeKind.Paused, clock);
    }

    private void Resume(ClockState clock)
    {
        Timestamp from = clock.PausedSince, until = _done < from ? from : _done;
        int days = Day(until).DayNumber - Day(from).DayNumber;
        clock.Pauses.Add(new ClockPause { From = from, Until = until, Reason = clock.PauseReason });
        (clock.PausedSince, clock.PauseReason) = (null, "");
        if (RuleOf(clock) is { } rule)
        {
            clock.PausedMs += (ulong)(rule.Unit == DeadlineUnit.Hours ? (until - from).ToTimeSpan().TotalMilliseconds : days * MsPerDay);
            Recompute(clock, rule, rule.DueFromAct ? TimeSpan.FromDays(days) : TimeSpan.Zero);
        }

        Add(ClockChangeKind.Resumed, clock);
    }

    private void Recompute(ClockState clock, DeadlineRule rule, TimeSpan named)
    {
        ClockState computed = clock.Clone();
        computed.DueAt += Duration.FromTimeSpan(named);
        DuePolicy.Set(computed, rule, _calendar);
        ClockRevision.Take(clock, computed);
    }

    private void Stop(ClockState clock, Timestamp at)
    {
        clock.StoppedAt = at;
        Add(ClockChangeKind.Stopped, clock);
    }

    private bool IsMeant(ClockState clock) => !_isTrack || clock.Subject == _subject;

    private bool IsOver(ClockState clock) => clock.DueAt <= _done;

    private List<ClockState> Running() => _clocks.FindAll(clock => clock.StoppedAt is null);

    private DeadlineRule? RuleOf(ClockState clock) => ClockPolicy.RuleOf(clock, _before.Domain, _rules);

    private static DateOnly Day(Timestamp instant) => CivilDay.Of(Micros.Of(instant) ?? 0);

    private void Add(ClockChangeKind kind, ClockState clock) => Changes.Add(new ClockChange { Kind = kind, Clock = clock.Clone() });
}
