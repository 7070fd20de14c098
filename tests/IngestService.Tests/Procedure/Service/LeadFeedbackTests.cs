using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>Who complained, ordered or sent is told what came of it, over the wire.</summary>
public sealed class LeadFeedbackTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-feedback-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_complaint_that_was_closed_stays_on_its_handlers_list_until_the_complainant_is_told_the_result()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        Timestamp due = new() { Seconds = TimeProvider.System.GetUtcNow().AddDays(15).ToUnixTimeSeconds() };
        string caseId = await stack.OpenAsync("占道经营", "urban", new LeadSource
        {
            Kind = LeadSourceKind.Complaint, ExternalNumber = "12345-20261128-0071", ReceivedAt = stack.Now, FeedbackDue = true, DueAt = due,
        });
        ProcedureCase closed = await stack.ApprovedAsync(caseId, ProcedureActKind.CloseLead, "head-unit", OfficerRole.UnitHead,
            act => act.LeadClosing = new LeadClosing { ReasonCode = "no-violation", Reason = "现场无违法事实" });
        string[] afterClosing = await MineAsync(stack);

        await stack.ActAsync(caseId, ProcedureActKind.GiveFeedback, "han-a", OfficerRole.Handler,
            act => act.Feedback = new Feedback { How = "电话", Content = "已到现场核查，正在处理" });
        string[] afterAnInterimAnswer = await MineAsync(stack);
        ProcedureCase told = await stack.ActAsync(caseId, ProcedureActKind.GiveFeedback, "han-a", OfficerRole.Handler,
            act => act.Feedback = new Feedback { How = "短信", Content = "经核查无违法事实", IsFinal = true });
        ProcedureRefusal again = await stack.RefusedAsync(caseId, ProcedureActKind.GiveFeedback, "han-a", OfficerRole.Handler,
            act => act.Feedback = new Feedback { How = "电话", Content = "再次反馈" });

        Assert.Equal((ProcedureState.A4LeadClosed, ProcedureState.A4LeadClosed), (closed.State, told.State));
        ClockState running = Assert.Single(closed.Clocks, clock => clock.StoppedAt is null);
        Assert.Equal(("D-38", due), (running.DeadlineId, running.DueAt));
        Assert.All(told.Clocks, clock => Assert.NotNull(clock.StoppedAt));
        Assert.Equal([caseId], afterClosing);
        Assert.Equal([caseId], afterAnInterimAnswer);
        Assert.NotNull(told.FeedbackAt);
        Assert.Empty(await MineAsync(stack));
        Assert.Equal("FEEDBACK_OWED", Assert.Single(again.Guards).Name);
    }

    private static async Task<string[]> MineAsync(ProcedureStack stack)
    {
        WorkList list = await stack.Desk.ListWorkAsync(new ListWorkRequest { Kind = WorkListKind.Mine, OfficerId = "han-a", AtLeast = stack.Size }, cancellationToken: Cancellation);
        return [.. list.Rows.Select(row => row.CaseId)];
    }
}
