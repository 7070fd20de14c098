using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Registers;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>An outlet's COD from the reading to the archive, over the wire: the centre's rule decides, people do the rest.</summary>
public sealed class MonitoredOutletTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-outlet-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_daily_mean_above_the_permit_goes_by_notice_waiver_and_a_decision_on_the_sixtieth_day_to_the_archive()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        ReportedOutlet outlet = await ReportedOutlet.StartAsync(stack, Cancellation);
        AlertRow alert = Assert.Single(await outlet.ReportDayAsync(80, "N"));
        string caseId = await outlet.OpenAsync(alert);
        string item = Assert.Single((await stack.CaseAsync(caseId)).Evidence).Source.Key;
        await stack.ActAsync(caseId, SubmitEvidence, "han-a", Handler);
        ProcedureCase reviewed = await stack.ActAsync(caseId, ReviewEvidence, "evi", EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(item));
        OrdinaryPath path = new(stack, caseId, "environment")
        {
            Reviewed = item, Party = PartyKind.Organisation,
            Proposed = new Sanction { Kinds = { SanctionKind.Fine }, FineFen = 10_000_000, Text = "罚款人民币十万元", CorrectionOrder = "立即改正" },
        };

        ProcedureCase filed = await path.FileAsync();
        await path.InvestigateAsync();
        await path.ReviewAsync();
        stack.Clock.Pass(TimeSpan.FromDays(10));
        await path.NotifyAndWaiveAsync(await stack.Footage.AttachAsync(caseId, ""));
        ProcedureCase told = await stack.CaseAsync(caseId);
        stack.Clock.Pass(TimeSpan.FromDays(50));
        await path.DecideAsync();
        await path.PayAsync();
        ProcedureCase archived = await path.ArchiveAsync();

        Assert.Equal((AlertKind.SuspectedViolation, "cod-day@1"), (alert.Kind, (await outlet.DetailAsync(alert)).Rule));
        Assert.StartsWith("record/", item, StringComparison.Ordinal);
        Assert.Equal((EvidenceOutcome.Evidence, true), (reviewed.Evidence[0].Outcome, reviewed.Evidence[0].Review.TechnicalOk));
        Assert.Equal(LeadSourceKind.Alert, filed.Source.Kind);
        Assert.Equal((true, true), (told.Notice.HearingOffered, told.HearingWaived));
        Assert.Equal(60, (archived.DecidedAt.ToDateTimeOffset() - archived.FiledAt.ToDateTimeOffset()).Days);
        Assert.Equal((ProcedureState.G1Archived, 10_000_000), (archived.State, archived.PaidFen));
    }

    [Fact]
    public async Task The_same_mean_with_the_flag_of_maintenance_is_no_violation()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        ReportedOutlet outlet = await ReportedOutlet.StartAsync(stack, Cancellation);

        IReadOnlyList<AlertRow> marked = await outlet.ReportDayAsync(80, "M");
        IReadOnlyList<AlertRow> next = await outlet.ReportDayAsync(80, "N");

        Assert.Empty(marked);
        Assert.Single(next);
    }

    [Fact]
    public async Task A_sensor_that_nobody_registered_gives_a_lead_and_no_evidence()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        ReportedOutlet outlet = await ReportedOutlet.StartAsync(stack, Cancellation, isRegistered: false);
        string caseId = await outlet.OpenAsync(Assert.Single(await outlet.ReportDayAsync(80, "N")));
        string item = Assert.Single((await stack.CaseAsync(caseId)).Evidence).Source.Key;

        ProcedureRefusal unreviewed = await stack.RefusedAsync(caseId, ProcedureActKind.File, "han-a", Handler, act => act.Filing = OrdinaryPath.Filing("environment"));
        await stack.ActAsync(caseId, SubmitEvidence, "han-a", Handler);
        ProcedureCase reviewed = await stack.ActAsync(caseId, ReviewEvidence, "evi", EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(item));
        ProcedureRefusal refusal = await stack.RefusedAsync(caseId, ProcedureActKind.File, "han-a", Handler, act => act.Filing = OrdinaryPath.Filing("environment"));
        ProcedureRefusal onTheSpot = await stack.RefusedAsync(caseId, StartSimple, "han-a", Handler, act => act.Simple = new SimpleFinding
        {
            Finding = OrdinaryPath.Filing("environment"), IdentityShown = true, RightsTold = true, Statement = "无", Basis = { "APL-28" },
        }, "han-b");

        Assert.Contains(unreviewed.Guards, guard => guard.Name == "MONITOR_REVIEWED");
        Assert.Equal((EvidenceOutcome.Excluded, false), (reviewed.Evidence[0].Outcome, reviewed.Evidence[0].Review.TechnicalOk));
        Assert.Contains(refusal.Guards, guard => guard.Name == "EVIDENCE_LEFT");
        Assert.Contains(onTheSpot.Guards, guard => guard.Name == "SIMPLE_AFTER_REVIEW");
    }
}
