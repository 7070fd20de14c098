using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Inspections;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Registers;
using Kind = EdgeEnforcement.Contracts.V1.InspectionActKind;
using State = EdgeEnforcement.Contracts.V1.InspectionState;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Inspections;

/// <summary>Each guard of inspections from both sides: an act that passes, and the same act with one thing wrong.</summary>
public sealed class InspectionGuardTests
{
    private static readonly Dictionary<string, (string Guard, Kind Act, Action<InspectionWalk, InspectionAct> Break)> Cases = new()
    {
        ["no trigger"] = ("SAID", Kind.Plan, (_, act) => act.Plan.Trigger = InspectionTrigger.Unspecified),
        ["no reference"] = ("SAID", Kind.Plan, (_, act) => act.Plan.Reference = " "),
        ["neither object nor place"] = ("SAID", Kind.Plan, (_, act) => act.Plan.ObjectId = ""),
        ["no retention"] = ("SAID", Kind.Plan, (_, act) => act.Plan.Retention = RetentionClass.Unspecified),
        ["no plan at all"] = ("SAID", Kind.Plan, (_, act) => act.Plan = null),
        ["ends before it begins"] = ("WINDOW", Kind.Plan, (walk, act) => act.Plan.WindowUntil = walk.Stamp(-2)),
        ["all in the past"] = ("WINDOW", Kind.Plan, (walk, act) => (act.Plan.WindowFrom, act.Plan.WindowUntil) = (walk.Stamp(-9), walk.Stamp(-8))),
        ["an object nobody registered"] = ("OBJECT_KNOWN", Kind.Plan, (walk, _) => walk.IsObjectKnown = false),
        ["an item nobody gave the unit"] = ("COMPETENCE", Kind.Plan, (_, act) => act.Plan.UnitId = Crew.OtherAgency),
        ["planned with one officer"] = ("TWO_OFFICERS", Kind.Plan, (_, act) => act.Plan.OfficerIds.RemoveAt(1)),
        ["one officer twice"] = ("TWO_OFFICERS", Kind.Plan, (_, act) => act.Plan.OfficerIds[1] = Crew.A),
        ["a certificate that ran out"] = ("OFFICER_CERTIFICATE", Kind.Plan, (_, act) => act.Plan.OfficerIds[1] = Crew.Expired),
        ["a certificate of another domain"] = ("OFFICER_DOMAIN", Kind.Plan, (_, act) => act.Plan.OfficerIds[1] = Crew.Foreign),
        ["an officer on leave"] = ("OFFICER_LEAVE", Kind.Plan, (_, act) => act.Plan.OfficerIds[1] = Crew.OnLeave),
        ["planned by a custodian"] = ("OFFICER_ROLE", Kind.Plan, (_, act) => act.Actor.Id = Crew.Custodian),
        ["inspected three weeks before"] = ("REPEATED", Kind.Plan, (walk, _) => walk.Earlier.Add(InspectionWalk.Before)),
        ["planned twice"] = ("STATE", Kind.Plan, (walk, _) => walk.Refused(walk.Act(Kind.Plan))),
        ["no certificate shown"] = ("ID_SHOWN", Kind.Start, (_, act) => act.Start.IdentityShown = false),
        ["no place"] = ("SAID", Kind.Start, (_, act) => act.Start.Place = ""),
        ["nothing said"] = ("ID_SHOWN", Kind.Start, (_, act) => act.Start = null),
        ["begun by one officer"] = ("TWO_OFFICERS", Kind.Start, (_, act) => act.Start.OfficerIds.Add(Crew.A)),
        ["begun by somebody else"] = ("INSPECTOR", Kind.Start, (_, act) => act.Actor.Id = Crew.C),
        ["after the window"] = ("IN_WINDOW", Kind.Start, (walk, _) => walk.Now = walk.Now.AddDays(3)),
        ["before the window"] = ("HAPPENED", Kind.Start, (walk, act) => act.HappenedAt = walk.Stamp(-5)),
        ["begun tomorrow"] = ("HAPPENED", Kind.Start, (walk, act) => act.HappenedAt = walk.Stamp(20)),
        ["another unit came first"] = ("REPEATED", Kind.Start, (walk, _) => walk.Earlier.Add(InspectionWalk.Before)),
        ["a manifest nobody sent"] = ("RECORDING_KNOWN", Kind.LinkRecording, (walk, _) => walk.IsManifestKnown = false),
        ["linked twice"] = ("RECORDING_NEW", Kind.LinkRecording, (walk, _) => walk.Refused(walk.Act(Kind.LinkRecording))),
        ["for a finding nobody made"] = ("FINDING_KNOWN", Kind.LinkRecording, (_, act) => act.Recording.Finding = 2),
        ["linked by a stranger"] = ("OFFICER_ROLE", Kind.LinkRecording, (_, act) => act.Actor.Id = Crew.C),
        ["unlinked without a reason"] = ("SAID", Kind.UnlinkRecording, (_, act) => act.Recording.Reason = ""),
        ["unlinked but not linked"] = ("RECORDING_LINKED", Kind.UnlinkRecording, (_, act) => act.Recording.ManifestIndex = 78),
        ["a finding rests on it"] = ("RECORDING_FREE", Kind.UnlinkRecording, (walk, _) => walk.Refused(walk.Act(Kind.RecordFinding))),
        ["a finding without words"] = ("SAID", Kind.RecordFinding, (_, act) => act.Finding.Text = ""),
        ["a violation of nothing"] = ("SAID", Kind.RecordFinding, (_, act) => act.Finding.ItemId = ""),
        ["an item that is none"] = ("ITEM_KNOWN", Kind.RecordFinding, (_, act) => act.Finding.ItemId = "item-none"),
        ["on a recording not linked"] = ("RECORDING_LINKED", Kind.RecordFinding, (_, act) => act.Finding.EvidenceKeys.Add("media/78")),
        ["found before it began"] = ("HAPPENED", Kind.RecordFinding, (walk, act) => act.HappenedAt = walk.Stamp(-1)),
        ["found by somebody else"] = ("INSPECTOR", Kind.RecordFinding, (_, act) => act.Actor.Id = Crew.UnitHead),
        ["no problem, with a violation"] = ("OUTCOME", Kind.Finish, (_, act) => act.Finish.Outcome = InspectionOutcome.NoProblem),
        ["a violation corrected away"] = ("OUTCOME", Kind.Finish, (_, act) => (act.Finish.Outcome, act.Finish.Correction) = (InspectionOutcome.Corrected, "已下架")),
        ["no outcome"] = ("SAID", Kind.Finish, (_, act) => act.Finish.Outcome = InspectionOutcome.Unspecified),
        ["ended before the finding"] = ("HAPPENED", Kind.Finish, (walk, act) => act.HappenedAt = walk.Stamp(-1)),
        ["ended by somebody else"] = ("INSPECTOR", Kind.Finish, (_, act) => act.Actor.Id = Crew.C),
        ["cancelled without a reason"] = ("SAID", Kind.Cancel, (_, act) => act.Cancel.Reason = ""),
        ["cancelled by a stranger"] = ("OFFICER_ROLE", Kind.Cancel, (_, act) => act.Actor.Id = Crew.C),
        ["no such act"] = ("ACT", Kind.Cancel, (_, act) => act.Kind = Kind.Unspecified),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_act_passes_and_with_one_thing_wrong_the_guard_refuses_it(string name)
    {
        (string guard, Kind kind, Action<InspectionWalk, InspectionAct> breakIt) = Cases[name];
        InspectionWalk good = InspectionWalk.Ready(kind);
        Assert.Equal([], good.Refused(good.Act(kind)));

        InspectionWalk bad = InspectionWalk.Ready(kind);
        InspectionAct act = bad.Act(kind);
        breakIt(bad, act);
        Inspection before = bad.Subject.Clone();
        ProcedureRefusal? refusal = bad.Try(act);

        Assert.NotNull(refusal);
        Assert.Contains(guard, refusal.Guards.Select(failed => failed.Name));
        Assert.All(refusal.Guards, failed => Assert.True(failed.Detail.Length > 0 && failed.SatisfiedBy.Length > 0, failed.Name));
        Assert.All(refusal.Guards.SelectMany(failed => failed.Articles), article => Assert.True(article.Law.Length > 0, $"{article.Id} is not in force"));
        Assert.Equal(before, bad.Subject);
    }

    [Fact]
    public void Every_act_in_every_state_it_is_not_for_is_refused_for_the_state_alone()
    {
        foreach (Kind kind in Enum.GetValues<Kind>()[1..])
        {
            foreach (State state in Enum.GetValues<State>())
            {
                InspectionWalk walk = InspectionWalk.Ready(Kind.Finish);
                walk.Subject.State = state;
                string[] refused = walk.Refused(walk.Act(kind));

                if (InspectionDecider.From(state).Contains(kind))
                    Assert.DoesNotContain("STATE", refused);
                else
                    Assert.Equal(["STATE"], refused);
            }
        }

        Assert.Empty(InspectionDecider.From(State.Cancelled));
        Assert.Equal([Kind.LinkRecording, Kind.UnlinkRecording], InspectionDecider.From(State.Finished));
    }

    [Theory]
    [InlineData(InspectionTrigger.Complaint)]
    [InlineData(InspectionTrigger.Alert)]
    public void A_complaint_and_an_alert_are_warned_of_a_repetition_and_go_on(InspectionTrigger trigger)
    {
        InspectionWalk walk = new();
        walk.Earlier.Add(InspectionWalk.Before);
        InspectionAct plan = walk.Act(Kind.Plan);
        plan.Plan.Trigger = trigger;

        Assert.Empty(walk.Refused(plan));
        Assert.Empty(walk.Refused(walk.Act(Kind.Start)));
        Assert.Equal([InspectionWalk.Before], walk.Subject.Earlier);
    }

    [Fact]
    public void A_reason_for_repeating_stands_in_the_fact_and_holds_only_for_those_it_was_given_for()
    {
        InspectionWalk walk = new();
        walk.Earlier.Add(InspectionWalk.Before);
        FailedGuard refused = Assert.Single(walk.Try(walk.Act(Kind.Plan))!.Guards);
        Assert.Contains("180 天", refused.Detail);
        Assert.Contains("other 检查 2026-3（2026-02-11，未发现问题）", refused.Detail);

        InspectionAct plan = walk.Act(Kind.Plan);
        plan.Plan.RepeatedReason = "上次检查后发生火灾";
        Assert.Empty(walk.Refused(plan));
        walk.Earlier.Add(new EarlierInspection { InspectionId = "third-2026-1", Number = "检查 2026-1", UnitId = "third", StartedAt = RegisterWorld.Stamp("2026-03-02 08:30") });
        FailedGuard since = Assert.Single(walk.Try(walk.Act(Kind.Start))!.Guards);
        Assert.DoesNotContain("检查 2026-3", since.Detail);
        InspectionAct start = walk.Act(Kind.Start);
        start.Start.RepeatedReason = "与第三方机构联合检查";
        Assert.Empty(walk.Refused(start));

        Assert.Equal(["other-2026-3", "third-2026-1"], walk.Subject.Earlier.Select(known => known.InspectionId));
        Assert.Equal("上次检查后发生火灾", walk.Subject.Plan.RepeatedReason);
    }

    [Fact]
    public void Where_recording_the_scene_is_a_duty_an_end_without_recording_needs_its_reason()
    {
        InspectionWalk walk = InspectionWalk.Ready(Kind.LinkRecording);
        walk.Rules = walk.Rules with
        {
            Profiles = [.. walk.Rules.Profiles.Select(profile => profile with { RecordingDuties = [new RecordingDuty("scene", "现场检查", "scene", true, 0, "test")] })],
        };
        InspectionAct end = walk.Act(Kind.Finish);
        end.Finish.Outcome = InspectionOutcome.NoProblem;

        Assert.Equal(["RECORDED"], walk.Refused(end));
        (end.Finish.NotRecorded, end.Finish.NotRecordedApprover) = ("设备故障", Crew.UnitHead);
        Assert.Empty(walk.Refused(end));
    }

    [Fact]
    public void A_violation_is_neither_cancelled_nor_forgotten()
    {
        InspectionWalk walk = InspectionWalk.Ready(Kind.Finish);

        Assert.Equal(["NOTHING_FOUND"], walk.Refused(walk.Act(Kind.Cancel)));
        Assert.Empty(InspectionGuards.OpenFindings(walk.Subject));
        Assert.Empty(walk.Refused(walk.Act(Kind.Finish)));
        Assert.Equal([1u], InspectionGuards.OpenFindings(walk.Subject));
    }

    [Fact]
    public void A_recording_docked_after_the_end_is_linked_to_its_finding()
    {
        InspectionWalk walk = InspectionWalk.Ready(Kind.LinkRecording);
        InspectionAct finding = walk.Act(Kind.RecordFinding);
        finding.Finding.EvidenceKeys.Clear();
        Assert.Empty(walk.Refused(finding));
        Assert.Empty(walk.Refused(walk.Act(Kind.Finish)));
        InspectionAct link = walk.Act(Kind.LinkRecording);
        link.Recording.Finding = 1;

        Assert.Empty(walk.Refused(link));
        Assert.Equal(["media/77"], walk.Subject.Findings[0].Finding.EvidenceKeys);
        Assert.Equal(["RECORDING_FREE"], walk.Refused(walk.Act(Kind.UnlinkRecording)));
    }

    [Fact]
    public void Work_at_the_desk_is_of_the_time_it_is_entered_so_an_expired_certificate_is_not_got_round()
    {
        InspectionWalk walk = new();
        InspectionAct plan = walk.Act(Kind.Plan);
        plan.Plan.OfficerIds[1] = Crew.Expired;
        plan.HappenedAt = RegisterWorld.Stamp("2026-02-19 09:00");

        Assert.Contains("OFFICER_CERTIFICATE", walk.Refused(plan));
    }
}
