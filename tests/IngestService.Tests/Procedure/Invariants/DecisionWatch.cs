using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Tests.Procedure.Clocks;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Invariants;

/// <summary>What must lie before a decision (invariants 3 to 6, 9), with its own reckoning of days.</summary>
internal sealed class DecisionWatch(string domain)
{
    private static readonly WorkingCalendar Calendar = ClockWorld.Calendar2026().Calendar;

    private readonly Dictionary<string, (bool Hearing, string Of)> _printed = [];
    private (string Of, bool Agrees)? _opinion;
    private (Sanction Sanction, DateOnly Day, bool Offers)? _notice;
    private Sanction _proposed = new();
    private DateOnly _filed;
    private DateOnly? _pausedSince;
    private int _stoodStill, _extended, _documents;
    private bool _isSuspended, _stoodByState;
    private bool _isDefenceOpen, _isWaived, _isHearingWaived, _isHearingOpen, _isHeld;

    public bool OnTheSpot { get; private set; }

    public void Effect(ProcedureAct act, DateTimeOffset at, EvidenceWatch evidence)
    {
        DateOnly day = Day(at);
        switch (act.Kind)
        {
            case Kind.File: _filed = day; break;
            case Kind.Suspend: _isSuspended = true; Pause(day, byState: true); break;
            case Kind.PauseClock: Pause(day, byState: false); break;
            case Kind.Resume: _isSuspended = false; Resume(Done(act, at), byState: true); break;
            case Kind.ResumeClock: Resume(Done(act, at), byState: false); break;
            case Kind.ExtendDeadline when act.Deadline.DeadlineId == "D-01": _extended += checked((int)act.Deadline.Units); break;
            case Kind.EndInvestigation or Kind.Amend: _proposed = act.Report.Sanction; break;
            case Kind.GiveOpinion: _opinion = (evidence.Fingerprint(), act.Opinion.Agrees); break;
            case Kind.IssueDocument or Kind.CorrectDocument: _printed[$"{Crew.CaseId}/{++_documents}"] = (act.Document.Fields.ContainsKey("hearing_due"), evidence.Fingerprint()); break;
            case Kind.ServeNotice: Served(act, evidence.Fingerprint()); break;
            case Kind.RecordDefence: _isDefenceOpen = true; break;
            case Kind.RecheckDefence: _isDefenceOpen = false; break;
            case Kind.WaiveDefence: (_isWaived, _isHearingWaived) = (true, _isHearingWaived || act.Defence.HearingToo); break;
            case Kind.RequestHearing: Requested(Done(act, at)); break;
            case Kind.WithdrawHearing: (_isHearingOpen, _isHearingWaived) = (false, true); break;
            case Kind.RecordHearing: Held(act.Hearing, at); break;
            case Kind.DecidePenalty: Penalty(act.Decision, day, evidence.Fingerprint()); InTime(day); break;
            case Kind.DecideNoPenalty: Reviewed(evidence.Fingerprint()); InTime(day); break;
            case Kind.DecideSimple: OnTheSpot = act.SimpleDecision.CollectedOnTheSpot; break;
        }
    }

    private void Served(ProcedureAct act, string fingerprint)
    {
        Reviewed(fingerprint);
        (bool offers, string of) = _printed[act.Service.DocumentId];
        Must(of == fingerprint, 3, "a notice of another report was served");
        Must(offers || _proposed.FineFen < 500_000, 3, "a hearing was due and not told");

        // What was posted counts as served when its thirty (road traffic: sixty) days are over: on the day behind the last.
        DateOnly effective = Day(act.Service.ServedAt.ToDateTimeOffset()).AddDays(act.Service.Method == ServiceMethod.PublicNotice ? domain == "traffic" ? 61 : 31 : 0);
        _notice = (_proposed, effective, offers);
        (_isDefenceOpen, _isWaived, _isHearingWaived, _isHeld) = (false, false, false, false);
    }

    private void Requested(DateOnly day)
    {
        Must(_notice is { Offers: true } notice && WorkingDaysAfter(notice.Day, day) <= 5, 4, "a hearing asked for too late, or where none is due");
        _isHearingOpen = true;
    }

    private void Held(HearingRecord hearing, DateTimeOffset at)
    {
        Must(_isHearingOpen && hearing.HeldAt.ToDateTimeOffset() <= at, 4, "a hearing nobody asked for, or one to come");
        Must(WorkingDaysAfter(Day(hearing.NotifiedAt.ToDateTimeOffset()), Day(hearing.HeldAt.ToDateTimeOffset())) >= 7, 4, "told of less than seven working days before");
        (_isHearingOpen, _isHeld, _opinion) = (false, true, null); // art. 58: reviewed anew
    }

    private void Penalty(CaseDecision decision, DateOnly day, string fingerprint)
    {
        Must(_notice is not null, 3, "no notice was served");
        (Sanction told, DateOnly served, bool offers) = _notice!.Value; // the line above
        Must(!_isDefenceOpen, 3, "a defence was not rechecked");
        Must(_isWaived || WorkingDaysAfter(served, day.AddDays(-1)) >= 3, 3, "the defence period runs");
        Must(!offers || _isHeld || _isHearingWaived || WorkingDaysAfter(served, day.AddDays(-1)) >= 5, 3, "a hearing may still be asked for");
        Must(!_isHearingOpen, 4, "a hearing request is open");
        Reviewed(fingerprint);
        Must(decision.Sanction.FineFen <= told.FineFen && decision.Sanction.ConfiscationFen <= told.ConfiscationFen
            && decision.Sanction.Kinds.All(told.Kinds.Contains), 6, "heavier than the notice");
        Must(decision.Sanction.FineFen == _proposed.FineFen, 5, "another sanction than was reviewed");
    }

    private void Reviewed(string fingerprint) => Must(_opinion is { Agrees: true } opinion && opinion.Of == fingerprint, 5, "no valid review of what lies there now");

    // The last day may be a holiday: then the next working day counts.
    private void InTime(DateOnly day)
    {
        DateOnly stands = _pausedSince ?? day; // what stands still since before its end is not over
        DateOnly last = _filed.AddDays(90 + _extended + _stoodStill);
        while (last.Year == 2026 && !IsWorkingDay(last))
            last = last.AddDays(1);
        Must(stands <= last, 9, $"decided on {day}, 90 days ended on {last}");
    }

    private void Pause(DateOnly day, bool byState)
    {
        if (_pausedSince is null)
            (_pausedSince, _stoodByState) = (day, byState);
    }

    // A person's pause outlives the suspension of the case, and the suspension a person's pause.
    private void Resume(DateOnly day, bool byState)
    {
        if (_pausedSince is null || _stoodByState != byState)
            return;
        GoOn(day);
        if (_isSuspended)
            Pause(day, byState: true);
    }

    private void GoOn(DateOnly day)
    {
        if (_pausedSince is { } since && day > since)
            _stoodStill += day.DayNumber - since.DayNumber;
        _pausedSince = null;
    }

    // Of the days behind the first, so many are working days through the last.
    private static int WorkingDaysAfter(DateOnly first, DateOnly last)
    {
        int count = 0;
        for (DateOnly day = first.AddDays(1); day <= last; day = day.AddDays(1))
            count += IsWorkingDay(day) ? 1 : 0;
        return count;
    }

    private static bool IsWorkingDay(DateOnly day)
    {
        string text = CivilDay.ToText(day);
        return Calendar.MakeUpDays.Contains(text) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Calendar.Holidays.Contains(text));
    }

    private static DateOnly Done(ProcedureAct act, DateTimeOffset at) => Day(act.HappenedAt?.ToDateTimeOffset() ?? at);

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static void Must(bool holds, int invariant, string broken) => InvariantWatch.Must(holds, invariant, broken);
}
