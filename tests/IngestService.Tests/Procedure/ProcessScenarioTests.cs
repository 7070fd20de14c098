using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Registers;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure;

/// <summary>Ways through the process that a single guard does not show.</summary>
public sealed class ProcessScenarioTests
{
    [Fact]
    public void After_ninety_days_only_a_lawful_extension_lets_the_case_be_decided()
    {
        Walk walk = Walks.To(State.D1Defence).Pass(92);
        Assert.Contains("CLOCK_D-01", walk.Refused(Kind.DecidePenalty));

        walk.Do(Kind.ExtendDeadline).Do(Kind.DecidePenalty);

        Assert.Equal(State.E1Decided, walk.Case.State);
    }

    [Fact]
    public void New_evidence_undoes_the_review_and_the_same_proposal_reviewed_again_needs_no_second_notice()
    {
        Walk walk = Walks.To(State.D1Defence).Pass(15);
        walk.Case.Evidence.Add(new CaseEvidence { Source = Walk.Footage("media/102"), Outcome = EvidenceOutcome.Evidence });
        IngestService.Procedure.ProcedureFold.EvidenceMoved(walk.Case);
        Assert.Equal(["REVIEW_VALID"], walk.Refused(Kind.DecidePenalty));

        walk.Do(Kind.Amend).Do(Kind.GiveOpinion);

        Assert.Equal(State.D1Defence, walk.Case.State);
        walk.Do(Kind.DecidePenalty);
    }

    [Fact]
    public void A_heavier_proposal_is_told_and_heard_anew()
    {
        Walk walk = Walks.To(State.D1Defence).Pass(15);
        walk.Do(Kind.Amend, act => act.Report.Sanction.FineFen += 100).Do(Kind.GiveOpinion);

        Assert.Equal(State.D0Notice, walk.Case.State);
        Assert.Contains("NOTICE_CURRENT", walk.Refused(Kind.ServeNotice));
        walk.Paper(DocumentKind.PenaltyNotice).Do(Kind.ServeNotice);
        Assert.Contains("CLOCK_D-06", walk.Refused(Kind.DecidePenalty));
        walk.Pass(10).Do(Kind.DecidePenalty);
    }

    [Fact]
    public void A_hearing_is_held_reviewed_and_decided_by_its_transcript()
    {
        Walk walk = Walks.To(State.D2Hearing).Pass(15).Do(Kind.RecordHearing);
        Assert.Equal(State.C0LegalReview, walk.Case.State);

        walk.Do(Kind.GiveOpinion);

        Assert.Equal(State.D1Defence, walk.Case.State);
        Assert.Equal(["HEARING_NOT_HELD", "HEARING_IN_TIME"], walk.Refused(Kind.RequestHearing));
        walk.Do(Kind.DecidePenalty);
    }

    [Fact]
    public void What_was_posted_in_public_is_served_after_its_thirty_days_and_its_periods_run_from_then()
    {
        Walk walk = Walks.To(State.D0Notice).Paper(DocumentKind.PenaltyNotice).Do(Kind.ServeNotice, act =>
        {
            act.Service.Method = ServiceMethod.PublicNotice;
            act.Service.EffectiveAt = RegisterWorld.Stamp("2026-01-01 00:00");
        });

        Assert.Equal(RegisterWorld.Stamp("2026-04-02 00:00"), walk.Case.Clocks.Single(clock => clock.DeadlineId == "D-06").StartedAt);
        Assert.Contains("HEARING_PERIOD", walk.Pass(30).Refused(Kind.DecidePenalty));
        walk.Pass(12).Do(Kind.DecidePenalty);
    }

    [Fact]
    public void A_discussion_of_a_disagreement_decides_nothing_without_the_review()
    {
        Walk walk = Walks.To(State.C2Disagreed).Do(Kind.Coordinate, act => act.Coordination.Outcome = ProcedureOutcome.Discuss);

        Assert.Equal(State.E0Collective, walk.Case.State);
        Assert.Contains("NOTICE_SERVED", walk.Refused(Kind.Discuss));
        Assert.Contains("REVIEWED", walk.Refused(Kind.DecidePenalty));
        Assert.Contains("REVIEWED", walk.Refused(Kind.DecideNoPenalty));
        walk.Do(Kind.Amend).Do(Kind.GiveOpinion);
        Assert.Equal(State.D0Notice, walk.Case.State);
    }

    [Fact]
    public void An_older_agreement_does_not_outlive_a_later_disagreement()
    {
        Walk walk = Walks.To(State.D0Notice).Do(Kind.Amend);
        walk.Do(Kind.GiveOpinion, act => act.Opinion = ActContents.Opinion(walk.Case, agrees: false)).Do(Kind.Insist);
        walk.Do(Kind.Coordinate, act => act.Coordination.Outcome = ProcedureOutcome.Discuss);

        Assert.Empty(walk.Case.ReviewedSha256);
        Assert.Contains("REVIEWED", walk.Refused(Kind.DecideNoPenalty));
    }

    [Fact]
    public void A_monitor_whose_verification_lapsed_gives_no_evidence_whatever_is_said_of_it()
    {
        Walk walk = new Walk("market", LeadSourceKind.Alert, Walk.Reading(device: Crew.LapsedMonitor)).Do(Kind.SubmitEvidence);

        walk.Do(Kind.ReviewEvidence, act => act.EvidenceReview.Items[0].TechnicalOk = true);

        Assert.Equal(EvidenceOutcome.Excluded, walk.Case.Evidence[0].Outcome);
        Assert.Contains("EVIDENCE_LEFT", walk.Refused(Kind.File));
        Assert.Contains(walk.Facts[^1].Fact.Guards, guard => guard.Name == "TECHNICAL_REVIEW");
    }

    [Fact]
    public void A_sensor_that_is_in_no_register_gives_no_evidence_and_carries_no_case_and_a_passers_by_film_is_judged_by_its_content()
    {
        Walk sensor = new("market", LeadSourceKind.Alert, Walk.Reading(device: "unheard-of"));
        Assert.Contains("MONITOR_REVIEWED", sensor.Refused(Kind.File));
        sensor.Do(Kind.SubmitEvidence).Do(Kind.ReviewEvidence);
        EvidenceSource film = Walk.Footage();
        film.DeviceId = "unheard-of";
        Walk complaint = new Walk("market", LeadSourceKind.Complaint, film).Do(Kind.SubmitEvidence).Do(Kind.ReviewEvidence);

        Assert.Equal(EvidenceOutcome.Excluded, sensor.Case.Evidence[0].Outcome);
        Assert.Contains("不在登记册内", sensor.Case.Evidence[0].Review.TechnicalDetail);
        Assert.Contains("EVIDENCE_LEFT", sensor.Refused(Kind.File));
        Assert.Equal(EvidenceOutcome.Evidence, complaint.Case.Evidence[0].Outcome);
        complaint.Do(Kind.File);
    }

    [Fact]
    public void What_was_in_review_once_is_no_finding_on_the_spot_after_a_merge_that_was_undone()
    {
        Walk walk = Walks.To(State.A2EvidenceReview).Do(Kind.ReviewEvidence).Do(Kind.Merge).Do(Kind.UndoMerge);

        Assert.Equal(State.A1Lead, walk.Case.State);
        Assert.Equal(["SIMPLE_AFTER_REVIEW"], walk.Refused(Kind.StartSimple));
    }

    [Fact]
    public void A_number_that_begins_like_that_of_an_excluded_item_is_another_number()
    {
        Walk walk = Walks.Investigated().Attach(Walk.Footage("media/10"));
        walk.Case.Evidence[^1].Outcome = EvidenceOutcome.Excluded;

        walk.Do(Kind.EndInvestigation, act => act.Report.Facts = "录像 media/101 显示");
    }

    [Fact]
    public void An_admitted_monitor_alone_is_filed_after_its_review_and_a_street_finding_before()
    {
        Walk monitor = new Walk("market", LeadSourceKind.Alert, Walk.Reading());
        Assert.Contains("MONITOR_REVIEWED", monitor.Refused(Kind.File));
        monitor.Do(Kind.SubmitEvidence).Do(Kind.ReviewEvidence).Do(Kind.File);

        Assert.Equal(State.B0Filed, new Walk().Do(Kind.File).Case.State);
    }

    [Fact]
    public void One_officer_of_road_traffic_decides_on_the_spot_and_his_guard_is_named()
    {
        Walk walk = new Walk("traffic").Do(Kind.StartSimple, act => act.SecondOfficerId = "").Do(Kind.DecideSimple, act => act.SecondOfficerId = "");

        Assert.Contains(walk.Facts[^1].Fact.Guards, guard => guard.Name == "ONE_OFFICER" && guard.Articles.Contains("RTR-43"));
        walk.Paper(DocumentKind.SimpleDecision).Do(Kind.ReportSimple).Do(Kind.GrantDeferral).Do(Kind.RecordPayment).Do(Kind.CloseCase).Do(Kind.Archive);
    }

    [Fact]
    public void Who_is_named_as_second_officer_is_looked_at_even_where_one_would_do()
    {
        Walk walk = Walks.To(State.A1Lead);

        Assert.Contains("OFFICER_OFFICER", walk.Refused(Kind.SubmitEvidence, act => act.SecondOfficerId = "nobody"));
        Assert.DoesNotContain(walk.Case.Participants, person => person.OfficerId == "nobody");
    }

    [Fact]
    public void Work_at_the_desk_bears_no_earlier_date_than_what_it_follows()
    {
        Walk walk = Walks.To(State.C0LegalReview).Pass(2);

        Assert.Equal(["HAPPENED"], walk.Refused(Kind.GiveOpinion, act => act.HappenedAt = RegisterWorld.Stamp("2026-03-02 08:00")));
        walk.Do(Kind.GiveOpinion, act => act.HappenedAt = RegisterWorld.Stamp("2026-03-02 09:00"));
    }

    [Fact]
    public void What_is_no_act_is_refused()
    {
        Walk walk = Walks.To(State.A1Lead);

        Assert.Equal(["ACT"], walk.Refused((Kind)79));
    }

    [Fact]
    public void A_request_that_was_returned_or_withdrawn_leaves_the_state_and_may_be_made_again()
    {
        Walk walk = Walks.To(State.A1Lead).Ask(Kind.File).Ask(Kind.ReturnRequest).Ask(Kind.File).Ask(Kind.WithdrawRequest);
        Assert.Equal((State.A1Lead, null), (walk.Case.State, walk.Case.Pending));

        walk.Do(Kind.File);

        Assert.Equal(State.B0Filed, walk.Case.State);
    }
}
