using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Registers;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Clocks;

public sealed class ClockPolicyTests
{
    private static readonly DeadlineRule Ninety = ClockWorld.Rule("D-01", 90, DeadlineUnit.CalendarDays) with { PausesIn = [ProcedureState.B4Suspended] };

    private static DeadlineRule Lead(int days) => ClockWorld.Rule("D-28", days, DeadlineUnit.WorkingDays, ClockEffect.Escalate) with
    {
        CountsFrom = CountsFrom.Opening, StartsWith = [ProcedureActKind.SubmitEvidence], StopsWith = [ProcedureActKind.File], HeldActs = [],
    };

    private static readonly DeadlineRule Wait = ClockWorld.Rule("D-06", 5, DeadlineUnit.WorkingDays, ClockEffect.Opens) with
    {
        StartsWith = [ProcedureActKind.ServeNotice], StopsWith = [ProcedureActKind.WaiveDefence], When = ClockCondition.HearingOffered,
    };

    [Fact]
    public void An_act_starts_a_clock_from_when_it_was_done()
    {
        ClockWorld world = new(Ninety);

        world.Act("2026-03-04 09:00", ProcedureActKind.File, act => act.HappenedAt = RegisterWorld.Stamp("2026-03-02 10:00"), ProcedureState.B0Filed);

        Assert.Equal(("2026-03-02 10:00", "2026-06-02 00:00", 100UL), (ClockWorld.Text(world.Clock.StartedAt), ClockWorld.Text(world.Clock.DueAt), world.Clock.StartEntry));
    }

    [Theory]
    [InlineData("2026-03-02 00:00", "2026-03-07 00:00")] // a Monday: 3, 4, 5, 6 March
    [InlineData("2026-03-06 23:59:59", "2026-03-13 00:00")]
    [InlineData("2026-02-12 10:00", "2026-02-26 00:00")] // 13 February and the made-up Saturday, then after the holidays
    public void What_runs_from_the_lead_begins_with_its_file_at_the_leads_receipt(string received, string due)
    {
        ClockWorld world = new(Lead(4));

        world.Open(received, at: "2026-03-16 09:00");

        Assert.Equal((received[..16], due), (ClockWorld.Text(world.Clock.StartedAt), ClockWorld.Text(world.Clock.DueAt)));
        Assert.Empty(world.Act("2026-03-16 10:00", ProcedureActKind.SubmitEvidence, to: ProcedureState.A2EvidenceReview)); // not twice
        Assert.Equal(ClockChangeKind.Stopped, Assert.Single(world.Act("2026-03-16 11:00", ProcedureActKind.File)).Kind);
    }

    [Fact]
    public void In_a_file_of_before_the_first_act_starts_it()
    {
        ClockWorld world = new(Lead(4));
        world.Case.Source = new LeadSource { ReceivedAt = RegisterWorld.Stamp("2026-03-02 10:00") };

        world.Act("2026-03-05 10:00", ProcedureActKind.SubmitEvidence, to: ProcedureState.A2EvidenceReview);

        Assert.Equal(("2026-03-02 10:00", "2026-03-07 00:00"), (ClockWorld.Text(world.Clock.StartedAt), ClockWorld.Text(world.Clock.DueAt)));
    }

    [Fact]
    public void What_an_act_starts_does_not_begin_with_the_file()
    {
        ClockWorld world = new(Ninety);

        world.Open("2026-03-02 10:00", at: "2026-03-02 10:00");

        Assert.Empty(world.Case.Clocks);
    }

    [Fact]
    public void A_period_of_a_served_document_counts_from_the_service_that_has_effect()
    {
        ClockWorld world = new(Wait);

        world.Act("2026-03-02 10:00", ProcedureActKind.ServeNotice, act => act.Service = new ServiceOfDocument
        {
            Method = ServiceMethod.PublicNotice, ServedAt = RegisterWorld.Stamp("2026-03-02 00:00"), EffectiveAt = RegisterWorld.Stamp("2026-04-01 12:00"),
        }, ProcedureState.D1Defence);

        Assert.Equal("2026-04-10 00:00", ClockWorld.Text(world.Clock.DueAt)); // 2, 3, 7, 8, 9 April
    }

    [Theory]
    [InlineData("2026-06-01 23:59:59", null)]
    [InlineData("2026-06-02 00:00", "D-01")]
    [InlineData("2026-06-02 00:00:01", "D-01")]
    public void A_block_refuses_from_the_due_instant_on(string at, string? refusedBy)
    {
        ClockWorld world = new(Ninety);
        world.Act("2026-03-02 10:00", ProcedureActKind.File);

        Assert.Equal(refusedBy, world.Blocked(at, ProcedureActKind.DecidePenalty));
        Assert.Null(world.Blocked(at, ProcedureActKind.Terminate));
    }

    [Fact]
    public void Every_clock_that_refuses_is_named()
    {
        ClockWorld world = new(Ninety, Wait);
        world.Act("2026-03-02 10:00", ProcedureActKind.File);
        world.Act("2026-06-01 10:00", ProcedureActKind.ServeNotice, to: ProcedureState.D1Defence);
        world.Case.Notice = new ServedNotice { HearingOffered = true };

        Assert.Equal("D-01 D-06", world.Blocked("2026-06-02 10:00", ProcedureActKind.DecidePenalty));
        Assert.Equal("D-01", world.Blocked("2026-06-30 10:00", ProcedureActKind.DecidePenalty));
    }

    [Theory]
    [InlineData("2026-02-26 23:59:59", true, "D-06")]
    [InlineData("2026-02-27 00:00", true, null)]
    [InlineData("2026-02-26 23:59:59", false, null)]
    public void A_waiting_period_refuses_until_it_is_over_where_there_is_the_right_to_wait_for(string at, bool hearing, string? refusedBy)
    {
        ClockWorld world = new(Wait);
        world.Act("2026-02-12 10:00", ProcedureActKind.ServeNotice, to: ProcedureState.D1Defence);
        world.Case.Notice = new ServedNotice { HearingOffered = hearing };

        Assert.Equal(refusedBy, world.Blocked(at, ProcedureActKind.DecidePenalty));
    }

    [Theory]
    [InlineData(false, "D-06")]
    [InlineData(true, null)]
    public void Only_a_waiver_of_the_hearing_ends_the_wait_for_it(bool hearingToo, string? refusedBy)
    {
        ClockWorld world = new(Wait);
        world.Act("2026-02-12 10:00", ProcedureActKind.ServeNotice, to: ProcedureState.D1Defence);
        world.Case.Notice = new ServedNotice { HearingOffered = true };

        world.Act("2026-02-13 10:00", ProcedureActKind.WaiveDefence, act => act.Defence = new DefenceStatement { HearingToo = hearingToo }, ProcedureState.D1Defence);

        Assert.Equal(refusedBy, world.Blocked("2026-02-13 11:00", ProcedureActKind.DecidePenalty));
    }

    [Fact]
    public void A_notice_served_again_starts_the_wait_again()
    {
        ClockWorld world = new(Wait);
        world.Act("2026-03-02 10:00", ProcedureActKind.ServeNotice, to: ProcedureState.D1Defence);

        IReadOnlyList<ClockChange> changes = world.Act("2026-03-05 10:00", ProcedureActKind.ServeNotice, to: ProcedureState.D1Defence);

        Assert.Equal([ClockChangeKind.Stopped, ClockChangeKind.Started], changes.Select(change => change.Kind));
        Assert.Equal(("2026-03-13 00:00", 2), (ClockWorld.Text(world.Clock.DueAt), world.Case.Clocks.Count));
    }

    [Fact]
    public void A_pause_over_a_weekend_moves_the_end_by_its_civil_days_and_refuses_nothing_meanwhile()
    {
        ClockWorld world = new(Ninety);
        world.Act("2026-03-02 10:00", ProcedureActKind.File);
        world.Act("2026-03-06 15:00", ProcedureActKind.Suspend, to: ProcedureState.B4Suspended);

        Assert.Null(world.Blocked("2027-01-01 00:00", ProcedureActKind.DecidePenalty));
        Assert.Empty(world.Tell("2027-01-01 00:00"));
        Assert.Equal(("state:B4_SUSPENDED", 0U), (world.Clock.PauseReason, world.Clock.Revision));

        world.Act("2026-03-09 10:00", ProcedureActKind.Resume);

        Assert.Equal(("2026-06-04 00:00", 1U, 3 * 86_400_000UL), (ClockWorld.Text(world.Clock.DueAt), world.Clock.Revision, world.Clock.PausedMs));
    }

    [Fact]
    public void A_pause_counts_working_days_only_in_a_period_of_working_days()
    {
        DeadlineRule seven = ClockWorld.Rule("D-03", 7, DeadlineUnit.WorkingDays);
        ClockWorld world = new(seven);
        world.Act("2026-03-02 10:00", ProcedureActKind.File);
        world.Act("2026-03-06 15:00", ProcedureActKind.PauseClock, act => act.Deadline = new DeadlineChange { DeadlineId = "D-03", ReasonCode = "test" });

        world.Act("2026-03-09 10:00", ProcedureActKind.ResumeClock, act => act.Deadline = new DeadlineChange { DeadlineId = "D-03" });

        Assert.Equal("2026-03-13 00:00", ClockWorld.Text(world.Clock.DueAt)); // 3 4 5 6, 10 11 12: the 9th, on which it went on, is not counted
        Assert.Equal("test", Assert.Single(world.Clock.Pauses).Reason);
    }

    [Fact]
    public void An_extension_adds_units_and_its_marks_are_told_again()
    {
        ClockWorld world = new(Ninety);
        world.Act("2026-03-02 10:00", ProcedureActKind.File);
        Assert.Equal(["D-01 Half 2026-04-17 00:00", "D-01 Eighty 2026-05-14 00:00"], world.Tell("2026-05-20 00:00"));
        Assert.Empty(world.Tell("2026-05-20 00:00"));

        world.Act("2026-05-20 09:00", ProcedureActKind.ExtendDeadline, act => act.Deadline = new DeadlineChange { DeadlineId = "D-01", Units = 30, ReasonCode = "complex" });

        // 120 days: 30 June; half and four fifths after 60 and 96 of them.
        Assert.Equal(("2026-07-01 00:00", 30U, 1U), (ClockWorld.Text(world.Clock.DueAt), world.Clock.Extension, world.Clock.Revision));
        Assert.Equal(["D-01 Half 2026-05-02 00:00", "D-01 Eighty 2026-06-07 00:00"], world.Tell("2026-06-10 00:00"));
        Assert.Equal(["D-01 LastDay 2026-06-30 00:00", "D-01 Expired 2026-07-01 00:00"], world.Tell("2026-07-01 00:00"));
    }

    [Fact]
    public void A_clock_that_is_moved_back_tells_nothing_twice()
    {
        ClockWorld world = new(ClockWorld.Rule("D", 5, DeadlineUnit.WorkingDays));
        world.Add(ClockWorld.Calendar2027("2027-01-01"));
        world.Act("2026-12-29 10:00", ProcedureActKind.File);
        Assert.Equal(["D Half 2027-01-01 00:00", "D Eighty 2027-01-06 00:00", "D LastDay 2027-01-06 00:00"], world.Tell("2027-01-06 00:00"));
        world.Add(ClockWorld.Calendar2027()); // the notice is corrected: New Year's Day is worked
        ClockState before = world.Clock.Clone();

        ClockState after = ClockPolicy.Recompute(before, world.Rules.Deadlines[0], world.Calendar);
        ClockFold.Apply(world.Case, new RecomputedClock { CaseId = "C-1", Clock = after, DueBefore = before.DueAt });

        Assert.Equal(("2027-01-06 00:00", 1U), (ClockWorld.Text(world.Clock.DueAt), world.Clock.Revision));
        Assert.Equal(["D Expired 2027-01-06 00:00"], world.Tell("2027-01-06 00:00"));
    }

    [Fact]
    public void A_calendar_that_comes_takes_provisional_away_and_moves_what_it_touches_only()
    {
        ClockWorld world = new(ClockWorld.Rule("D", 5, DeadlineUnit.WorkingDays));
        world.Act("2026-12-29 10:00", ProcedureActKind.File);
        Assert.True(world.Clock.Provisional);
        ulong entry = world.Add(ClockWorld.Calendar2027("2027-01-01", "2027-01-02", "2027-01-03"));
        ClockState before = world.Clock.Clone();

        ClockState after = ClockPolicy.Recompute(before, world.Rules.Deadlines[0], world.Calendar);

        Assert.Equal(("2027-01-07 00:00", false, 1U), (ClockWorld.Text(after.DueAt), after.Provisional, after.Revision));
        Assert.Equal([0UL, entry], after.CalendarEntries);
        Assert.Same(after, ClockPolicy.Recompute(after, world.Rules.Deadlines[0], world.Calendar));
    }

    [Fact]
    public void A_recomputation_of_a_clock_that_moved_meanwhile_changes_nothing()
    {
        ClockWorld world = new(ClockWorld.Rule("D", 5, DeadlineUnit.WorkingDays));
        world.Act("2026-12-29 10:00", ProcedureActKind.File);
        ClockState seen = world.Clock.Clone();
        world.Add(ClockWorld.Calendar2027("2027-01-01"));
        ClockState after = ClockPolicy.Recompute(seen, world.Rules.Deadlines[0], world.Calendar);
        world.Act("2026-12-30 10:00", ProcedureActKind.ExtendDeadline, act => act.Deadline = new DeadlineChange { DeadlineId = "D", Units = 5 });
        ClockState extended = world.Clock.Clone();

        ClockFold.Apply(world.Case, new RecomputedClock { CaseId = "C-1", Clock = after, DueBefore = seen.DueAt });

        Assert.Equal(extended, world.Clock);
    }

    [Fact]
    public void A_mark_told_of_a_clock_that_was_stopped_meanwhile_moves_the_version_alone()
    {
        ClockWorld world = new(Ninety);
        world.Act("2026-03-02 10:00", ProcedureActKind.File);
        ClockReached reached = Assert.Single(ClockPolicy.Reached(world.Case, ClockWorld.Instant("2026-04-20 00:00")));
        world.Act("2026-04-20 10:00", ProcedureActKind.DecidePenalty, to: ProcedureState.E1Decided);

        ClockFold.Apply(world.Case, reached);

        Assert.Equal((1UL, 0), (world.Case.ClockVersion, world.Case.Clocks[0].Reached.Count));
    }

    [Fact]
    public void A_preservation_has_a_clock_of_its_own()
    {
        DeadlineRule seven = ClockWorld.Rule("D-03", 7, DeadlineUnit.WorkingDays, ClockEffect.ReleaseTask) with
        {
            StartsWith = [ProcedureActKind.Preserve], StopsWith = [ProcedureActKind.SettlePreservation], HeldActs = [],
        };
        ClockWorld world = new(seven);
        world.Act("2026-03-02 10:00", ProcedureActKind.Preserve, act => act.Preservation = new Preservation { PreservationId = "p1" });
        world.Act("2026-03-03 10:00", ProcedureActKind.Preserve, act => act.Preservation = new Preservation { PreservationId = "p2" });

        world.Act("2026-03-04 10:00", ProcedureActKind.SettlePreservation, act => act.PreservationOutcome = new PreservationOutcome { PreservationId = "p1" });

        Assert.Equal(("p2", "2026-03-13 00:00"), (world.Clock.Subject, ClockWorld.Text(world.Clock.DueAt)));
        Assert.Equal(ClockEffect.ReleaseTask, ClockPolicy.Reached(world.Case, ClockWorld.Instant("2026-03-13 00:00"))[^1].Effect);
    }

    [Theory]
    [InlineData(4_999, true)]
    [InlineData(5_000, false)]
    public void A_part_of_the_money_does_not_end_the_time_for_it(long fen, bool runs)
    {
        ClockWorld world = new(ClockWorld.Rule("D-12", 15, DeadlineUnit.CalendarDays, ClockEffect.Escalate) with
        {
            StartsWith = [ProcedureActKind.ServeDecision], StopsWith = [ProcedureActKind.RecordPayment], HeldActs = [], When = ClockCondition.ToBePaid,
        });
        world.Case.Decision = new CaseDecision { Sanction = new Sanction { FineFen = 6_000 } };
        world.Case.PaidFen = 1_000;
        world.Act("2026-03-02 10:00", ProcedureActKind.ServeDecision, to: ProcedureState.F0Performing);

        world.Act("2026-03-05 10:00", ProcedureActKind.RecordPayment, act => act.Payment = new Payment { AmountFen = fen }, ProcedureState.F0Performing);

        Assert.Equal(runs, world.Case.Clocks[0].StoppedAt is null);
    }

    [Fact]
    public void The_end_of_a_case_stops_every_clock_and_an_undone_merge_runs_them_on()
    {
        ClockWorld world = new(Ninety);
        world.Act("2026-03-02 10:00", ProcedureActKind.File);
        world.Act("2026-03-10 10:00", ProcedureActKind.Merge, to: ProcedureState.A1MMerged);
        Assert.NotNull(world.Case.Clocks[0].StoppedAt);

        world.Act("2026-03-20 10:00", ProcedureActKind.UndoMerge);

        Assert.Equal("2026-06-02 00:00", ClockWorld.Text(world.Clock.DueAt));
    }

    [Fact]
    public void A_due_instant_that_the_act_names_is_taken_as_it_is()
    {
        ClockWorld world = new(ClockWorld.Rule("D-34", 0, DeadlineUnit.CalendarDays, ClockEffect.Escalate) with
        {
            DueFromAct = true, StartsWith = [ProcedureActKind.Remind], HeldActs = [],
        });

        world.Act("2026-03-02 10:00", ProcedureActKind.Remind, act => act.Reminder = new Reminder { DueAt = RegisterWorld.Stamp("2026-03-08 18:00") }, ProcedureState.A3Reminded);

        Assert.Equal(("2026-03-08 18:00", "2026-03-05 14:00", false), (ClockWorld.Text(world.Clock.DueAt), ClockWorld.Text(world.Clock.HalfAt), world.Clock.Provisional));
    }
}
