using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>D-28 runs from the lead, over the wire.</summary>
public sealed class OpeningClockTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-opening-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_lead_that_nobody_touches_has_its_clock_from_its_receipt_and_so_after_a_restart()
    {
        Timestamp received = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) - Duration.FromTimeSpan(TimeSpan.FromDays(40));
        ProcedureCase opened;
        string caseId;
        await using (ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation))
        {
            ActAnswer answer = await stack.Service.Acts.OpenCaseAsync(new OpenCaseRequest
            {
                Actor = RegisterWorld.Person, Title = "群众举报", Domain = "urban", HandlingUnitId = ProcedurePeople.Team,
                Source = new LeadSource { Kind = LeadSourceKind.Complaint, ExternalNumber = "12345-1", ReceivedAt = received },
            }, cancellationToken: Cancellation);
            caseId = answer.SubjectId;
            ProcedureView view = await stack.Desk.GetProcedureAsync(new GetProcedureRequest { CaseId = caseId, AtLeast = answer.LedgerSize }, cancellationToken: Cancellation);
            opened = view.State;
            ClockState clock = Assert.Single(opened.Clocks, clock => clock.DeadlineId == "D-28");
            Assert.Equal((received, answer.EntryIndex), (clock.StartedAt, clock.StartEntry));
            Assert.True(clock.DueAt < stack.Now, "fifteen working days are over after forty days");

            // Nobody has done anything, and it is overdue on the worklist all the same.
            WorkList overdue = await stack.Desk.ListWorkAsync(
                new ListWorkRequest { Kind = WorkListKind.Overdue, AtLeast = answer.LedgerSize }, cancellationToken: Cancellation);
            Assert.Contains(overdue.Rows, row => row.CaseId == caseId && row.NextDeadlineId == "D-28");
        }

        await using ProcedureStack again = await ProcedureStack.StartAsync(_data, Cancellation, seeded: false);
        ClockState after = Assert.Single((await again.CaseAsync(caseId)).Clocks, clock => clock.DeadlineId == "D-28");
        Assert.Equal(opened.Clocks.Single(clock => clock.DeadlineId == "D-28").DueAt, after.DueAt);
    }

    [Fact]
    public async Task A_file_opened_before_there_were_rules_has_its_clock_with_the_first_act()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation, seeded: false);
        await stack.RegisterAsync(ProcedurePeople.Units);
        await stack.RegisterAsync(ProcedurePeople.All);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        Assert.Empty((await stack.CaseAsync(caseId)).Clocks);
        Assert.Empty((await stack.ActivateAsync(RulesFile.Bytes())).Errors);
        await stack.Footage.AttachAsync(caseId, "");

        ProcedureCase acted = await stack.ActAsync(caseId, ProcedureActKind.SubmitEvidence, "han-a", OfficerRole.Handler);

        Assert.Contains(acted.Clocks, clock => clock.DeadlineId == "D-28");
    }
}
