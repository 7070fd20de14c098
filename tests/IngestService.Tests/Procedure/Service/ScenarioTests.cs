using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Registers;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>Cases as they happen, over the wire: what the service refuses, and what it lets through.</summary>
public sealed class ScenarioTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-scenario-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Of_two_handlers_on_one_version_one_wins_and_the_other_is_told_what_changed()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        ProcedureCase seen = await stack.CaseAsync(caseId);

        Task<ActAnswer>[] both = [.. new[] { "han-a", "han-b" }.Select(officer => stack.SendAsync(caseId, seen.LifecycleVersion, ProcedureActKind.CloseLead,
            officer, OfficerRole.Handler, act => act.LeadClosing = new LeadClosing { ReasonCode = "no-violation", Reason = "现场无违法事实" }))];
        await Task.WhenAll(both).ContinueWith(static _ => { }, TaskScheduler.Default);

        Task<ActAnswer> lost = Assert.Single(both, act => act.IsFaulted);
        RpcException conflict = await Assert.ThrowsAsync<RpcException>(() => lost);
        Assert.Equal((StatusCode.Aborted, "CONFLICT"), (conflict.StatusCode, conflict.Trailers.GetValue("ee-refusal-name")));
        // Who lost at the sequencer is told so; who lost after, by whom and what.
        RpcException late = await Assert.ThrowsAsync<RpcException>(() => stack.SendAsync(caseId, seen.LifecycleVersion, ProcedureActKind.CloseLead, "han-a", OfficerRole.Handler));
        Sentence said = Refusal.Parser.ParseFrom(late.Trailers.GetValueBytes("refusal-bin")!).Said;
        Assert.Equal(("1", "2", "@ProcedureActKind.CloseLead"), (said.Arguments[0], said.Arguments[1], said.Arguments[2]));
        Assert.Equal(ProcedureActKind.CloseLead, (await stack.CaseAsync(caseId)).Pending.Act.Kind);
    }

    [Fact]
    public async Task A_lead_is_closed_with_its_reason_only_after_the_unit_head_approves()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        string caseId = await stack.OpenAsync("占道经营", "urban");

        ProcedureCase closed = await stack.ApprovedAsync(caseId, ProcedureActKind.CloseLead, "head-unit", OfficerRole.UnitHead,
            act => act.LeadClosing = new LeadClosing { ReasonCode = "no-violation", Reason = "现场无违法事实" });
        ProcedureRefusal afterwards = await stack.RefusedAsync(caseId, ProcedureActKind.SubmitEvidence, "han-a", OfficerRole.Handler);

        Assert.Equal(ProcedureState.A4LeadClosed, closed.State);
        Assert.Equal("STATE", Assert.Single(afterwards.Guards).Name);
    }

    [Fact]
    public async Task What_a_monitor_without_valid_verification_recorded_is_excluded_and_carries_no_case()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        RegisterChange monitor = RegisterWorld.Device("A1", AdmissionClass.AgencyMonitor, through: "2026-01-31");
        monitor.Device.UnitId = ProcedurePeople.Agency;
        await stack.RegisterAsync([monitor]);
        string caseId = await stack.OpenAsync("超标排放");
        string item = await stack.Footage.AttachAsync(caseId, "");
        await stack.ActAsync(caseId, ProcedureActKind.SubmitEvidence, "han-a", OfficerRole.Handler);

        ProcedureCase reviewed = await stack.ActAsync(caseId, ProcedureActKind.ReviewEvidence, "evi", OfficerRole.EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(item));
        ProcedureRefusal refusal = await stack.RefusedAsync(caseId, ProcedureActKind.File, "han-a", OfficerRole.Handler, act => act.Filing = OrdinaryPath.Filing("environment"));

        Assert.Equal(EvidenceOutcome.Excluded, reviewed.Evidence[0].Outcome);
        Assert.False(reviewed.Evidence[0].Review.TechnicalOk);
        Assert.Contains(refusal.Guards, guard => guard.Name == "EVIDENCE_LEFT" && guard.Articles.Any(article => article.Id == "APL-40"));
    }

    [Fact]
    public async Task A_first_violation_that_was_corrected_ends_without_penalty_and_with_education()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        OrdinaryPath path = new(stack, await stack.OpenAsync("未按规定公示"), "market") { Object = "party-liu" };
        await path.FileAsync();
        await path.InvestigateAsync();
        await path.ReviewAsync();

        ProcedureRefusal bare = await stack.RefusedAsync(path.CaseId, ProcedureActKind.DecideNoPenalty, "han-a", OfficerRole.Handler,
            act => act.Decision = new CaseDecision { Ground = NoPenaltyGround.First, Reasons = "初次违法且危害后果轻微", CorrectedInTime = true });
        ProcedureCase decided = await stack.ApprovedAsync(path.CaseId, ProcedureActKind.DecideNoPenalty, "head-agency", OfficerRole.AgencyHead, act => act.Decision = new CaseDecision
        {
            Ground = NoPenaltyGround.First, Reasons = "初次违法且危害后果轻微", CorrectedInTime = true, Education = "当面教育并送达提醒", Remedy = "复议、诉讼",
        });

        Assert.Equal("EDUCATED", Assert.Single(bare.Guards).Name);
        Assert.Equal((ProcedureState.E1Decided, 0), (decided.State, decided.Decision.Sanction?.Kinds.Count ?? 0));
    }

    [Fact]
    public async Task A_handler_may_not_review_his_own_evidence_nor_approve_his_own_request()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        await stack.RegisterAsync([ProcedurePeople.Officer("both", "兼任者", OfficerRole.Handler, OfficerRole.EvidenceReviewer, OfficerRole.AgencyHead)]);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        string item = await stack.Footage.AttachAsync(caseId, "");
        await stack.ActAsync(caseId, ProcedureActKind.SubmitEvidence, "both", OfficerRole.Handler);

        ProcedureRefusal review = await stack.RefusedAsync(caseId, ProcedureActKind.ReviewEvidence, "both", OfficerRole.EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(item));
        await stack.ActAsync(caseId, ProcedureActKind.ReviewEvidence, "evi", OfficerRole.EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(item));
        ProcedureCase asked = await stack.ActAsync(caseId, ProcedureActKind.File, "both", OfficerRole.Handler, act => act.Filing = OrdinaryPath.Filing("urban"));
        ProcedureRefusal approval = await stack.RefusedAsync(caseId, ProcedureActKind.Approve, "both", OfficerRole.AgencyHead,
            act => act.Answer = new RequestAnswer { RequestEntry = asked.Pending.EntryIndex });

        Assert.Contains(review.Guards, guard => guard.Name == "REVIEWER_NOT_HANDLER");
        Assert.Contains(approval.Guards, guard => guard.Name is "OTHER_PERSON" or "OFFICER_SEPARATION");
    }

    [Fact]
    public async Task Footage_that_docks_while_a_reviewer_decides_makes_no_conflict_and_lets_no_old_review_count()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        OrdinaryPath path = new(stack, await stack.OpenAsync("倾倒垃圾"), "environment");
        await path.FileAsync();
        await path.InvestigateAsync();
        ProcedureCase before = await stack.CaseAsync(path.CaseId);

        await stack.Footage.AttachAsync(path.CaseId, "000001");
        ProcedureCase after = await stack.CaseAsync(path.CaseId);
        ProcedureRefusal unread = await stack.RefusedAsync(path.CaseId, ProcedureActKind.SubmitReview, "head-unit", OfficerRole.UnitHead,
            act => act.Submission = new ReviewSubmission { TrueAccurateComplete = true });

        Assert.Equal((before.LifecycleVersion, before.EvidenceVersion + 1), (after.LifecycleVersion, after.EvidenceVersion));
        Assert.Equal("EVIDENCE_REVIEWED", Assert.Single(unread.Guards).Name);
    }

    [Fact]
    public async Task Footage_that_docks_while_a_reviewer_reads_takes_nothing_from_his_answers()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        string read = await stack.Footage.AttachAsync(caseId, "");
        ProcedureCase seen = await stack.ActAsync(caseId, ProcedureActKind.SubmitEvidence, "han-a", OfficerRole.Handler);

        string docked = await stack.Footage.AttachAsync(caseId, "");
        await stack.SendAsync(caseId, seen.LifecycleVersion, ProcedureActKind.ReviewEvidence, "evi", OfficerRole.EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(read));
        ProcedureCase reviewed = await stack.CaseAsync(caseId);

        Assert.Equal(seen.EvidenceVersion + 1, reviewed.EvidenceVersion);
        Assert.Equal([(read, EvidenceOutcome.Evidence), (docked, EvidenceOutcome.Unspecified)], reviewed.Evidence.Select(item => (item.Source.Key, item.Outcome)));
    }

    [Fact]
    public async Task A_second_lead_at_the_same_place_is_suggested_with_its_reasons_and_merged_as_a_link_that_can_be_undone()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        string first = await stack.OpenAsync("倾倒垃圾", place: "桃花溪3号排口");
        string second = await stack.OpenAsync("再次倾倒", place: "桃花溪3号排口");
        string elsewhere = await stack.OpenAsync("另一处", place: "御临河");

        CaseSuggestion found = Assert.Single((await stack.Desk.SuggestAsync(new SuggestRequest { CaseId = second, AtLeast = stack.Size }, cancellationToken: Cancellation)).Suggestions);
        ProcedureCase merged = await stack.ActAsync(second, ProcedureActKind.Merge, "head-unit", OfficerRole.UnitHead,
            act => act.LinkedCase = new LinkedCase { CaseId = first, Reason = "同一地点同一行为" });
        ProcedureCase target = await stack.CaseAsync(first);
        ProcedureCase undone = await stack.ActAsync(second, ProcedureActKind.UndoMerge, "head-unit", OfficerRole.UnitHead, act => act.Remark = "核实为不同行为");

        Assert.Equal(first, found.CaseId);
        Assert.Contains("同一地点：桃花溪3号排口", found.Reasons);
        Assert.NotEqual(elsewhere, found.CaseId);
        Assert.Equal((ProcedureState.A1MMerged, CaseLinkKind.MergedInto), (merged.State, Assert.Single(merged.Links).Kind));
        Assert.Equal((second, CaseLinkKind.MergedFrom), (target.Links[0].OtherCaseId, target.Links[0].Kind));
        Assert.Equal((ProcedureState.A1Lead, true), (undone.State, undone.Links[0].Undone));
        Assert.True((await stack.CaseAsync(first)).Links[0].Undone);
    }
}
