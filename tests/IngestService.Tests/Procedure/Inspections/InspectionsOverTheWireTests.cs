using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Tests.Cases;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.IngestService.Tests.Registers;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Kind = EdgeEnforcement.Contracts.V1.InspectionActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Inspections;

/// <summary>Inspection tasks in the service as it is started, with the registers' people and the sample rules.</summary>
public sealed class InspectionsOverTheWireTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-inspection-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task From_plan_to_a_filed_case_which_rests_on_the_recordings_of_the_finding()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        InspectionStack inspections = await SeededAsync(stack);
        InspectionAnswer planned = await inspections.PlanAsync(InspectionStack.Plan());
        string id = planned.InspectionId;
        await inspections.StartAsync(planned);
        ulong first = await stack.Footage.UploadAsync("000001"), second = await stack.Footage.UploadAsync("000001");
        await inspections.ActAsync(id, Kind.LinkRecording, "han-a", act => act.Recording = new InspectionRecording { ManifestIndex = first });
        await inspections.ActAsync(id, Kind.LinkRecording, "custodian", act => act.Recording = new InspectionRecording { ManifestIndex = second });
        await inspections.ActAsync(id, Kind.RecordFinding, "han-b", act => act.Finding = new InspectionFinding
        {
            Text = "总排口废水超标", Violation = true, ItemId = "item-environment", EvidenceKeys = { $"media/{first}" },
        });
        InspectionView finished = await inspections.ActAsync(id, Kind.Finish, "han-a",
            act => act.Finish = new InspectionFinish { Outcome = InspectionOutcome.Violation, Conclusion = "超标排放" });

        Assert.Equal("检查 " + Year + "-1", planned.Number);
        Assert.Equal([1u], finished.OpenFindings);
        Assert.All(finished.State.Recordings, recording => Assert.True(recording.Source.Verified && recording.Source.Sha256.Length == 32));
        string caseId = (await inspections.OpenCaseAsync(id, finished.State.LifecycleVersion, 1)).SubjectId;
        InspectionView after = await inspections.ViewAsync(id);
        Assert.Equal((caseId, 1u), (Assert.Single(after.State.Cases).CaseId, after.State.Cases[0].Findings.Single()));
        Assert.Empty(after.OpenFindings);

        ProcedureCase lead = (await stack.Desk.GetProcedureAsync(new GetProcedureRequest { CaseId = caseId, AtLeast = inspections.Size }, cancellationToken: Cancellation)).State;
        Assert.Equal((ProcedureState.A1Lead, LeadSourceKind.Inspection, planned.Number, id), (lead.State, lead.Source.Kind, lead.Source.ExternalNumber, lead.Source.InspectionId));
        Assert.Equal($"media/{first}", Assert.Single(lead.Evidence).Source.Key);
        ProcedureCase filed = await stack.ApprovedAsync(caseId, ProcedureActKind.File, "head-agency", OfficerRole.AgencyHead,
            act => act.Filing = OrdinaryPath.Filing("environment"));
        Assert.Equal(ProcedureState.B0Filed, filed.State);
    }

    [Fact]
    public async Task A_finding_becomes_a_case_once_and_only_from_an_end_with_a_violation()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        InspectionStack inspections = await SeededAsync(stack);
        string id = await FoundAsync(inspections);
        ulong version = (await inspections.ViewAsync(id)).State.LifecycleVersion;
        RpcException early = await Assert.ThrowsAsync<RpcException>(() => inspections.OpenCaseAsync(id, version, 1));
        await inspections.ActAsync(id, Kind.Finish, "han-a", act => act.Finish = new InspectionFinish { Outcome = InspectionOutcome.Violation, Conclusion = "超标排放" });

        RpcException none = await Assert.ThrowsAsync<RpcException>(() => inspections.OpenCaseAsync(id, version + 1));
        RpcException other = await Assert.ThrowsAsync<RpcException>(() => inspections.OpenCaseAsync(id, version + 1, 2));
        await inspections.OpenCaseAsync(id, version + 1, 1);
        RpcException replayed = await Assert.ThrowsAsync<RpcException>(() => inspections.OpenCaseAsync(id, version + 1, 1));
        RpcException again = await Assert.ThrowsAsync<RpcException>(() => inspections.OpenCaseAsync(id, version + 2, 1));
        RpcException roundabout = await Assert.ThrowsAsync<RpcException>(async () => await stack.Service.Acts.OpenCaseAsync(new OpenCaseRequest
        {
            Actor = RegisterWorld.Person, Title = "绕过", ExpectedInspectionVersion = version + 2,
            Source = new LeadSource { Kind = LeadSourceKind.Inspection, InspectionId = id, InspectionFindings = { 1 } },
        }, cancellationToken: Cancellation));

        Assert.All(new[] { early, none, other, again, roundabout }, refused => Assert.Contains("FINDING_OPEN", refused.Status.Detail));
        Assert.Equal(StatusCode.Aborted, replayed.StatusCode);
        Assert.Single((await inspections.ViewAsync(id)).State.Cases);
    }

    [Fact]
    public async Task A_second_inspection_of_the_same_enterprise_by_another_unit_is_warned_and_needs_its_reason()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        InspectionStack inspections = await SeededAsync(stack);
        InspectionPlan second = InspectionStack.Plan(InspectionStack.OtherTeam, "plant-again");
        InspectionAnswer early = await inspections.PlanAsync(second); // nothing was begun yet
        InspectionAnswer first = await inspections.StartAsync(await inspections.PlanAsync(InspectionStack.Plan()));

        FailedGuard atPlan = await RepeatedAsync(inspections.PlanAsync(second));
        FailedGuard atStart = await RepeatedAsync(inspections.StartAsync(early, "city-a"));
        InspectionAnswer begun = await inspections.StartAsync(early, "city-a", "群众再次举报异味");
        InspectionAnswer complaint = await inspections.PlanAsync(InspectionStack.Plan(InspectionStack.OtherTeam, "plant-again", InspectionTrigger.Complaint));

        Assert.Empty(early.Earlier);
        Assert.All(new[] { atPlan, atStart }, failed => Assert.Contains(first.Number, failed.Detail));
        Assert.Equal(first.InspectionId, Assert.Single(begun.Earlier).InspectionId);
        InspectionView seen = await inspections.ViewAsync(begun.InspectionId);
        Assert.Equal("群众再次举报异味", seen.State.Start.RepeatedReason);
        Assert.Equal(first.InspectionId, Assert.Single(seen.State.Earlier).InspectionId);
        Assert.Equal([begun.InspectionId, first.InspectionId], complaint.Earlier.Select(earlier => earlier.InspectionId));
    }

    [Fact]
    public async Task Of_two_on_one_version_the_second_is_told_who_did_what_and_a_replay_is_refused()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        InspectionStack inspections = await SeededAsync(stack);
        InspectionAnswer planned = await inspections.PlanAsync(InspectionStack.Plan());
        InspectionAnswer trial = await inspections.SendAsync(planned.InspectionId, 1, Kind.Cancel, "han-b", act => act.Cancel = new InspectionCancel { Reason = "停业" }, isTrial: true);
        InspectionAnswer begun = await inspections.StartAsync(planned);

        RpcException late = await Assert.ThrowsAsync<RpcException>(() => inspections.SendAsync(
            planned.InspectionId, 1, Kind.Cancel, "han-b", act => act.Cancel = new InspectionCancel { Reason = "停业" }));
        RpcException replay = await Assert.ThrowsAsync<RpcException>(() => inspections.StartAsync(planned));

        Assert.Equal((0ul, 2ul), (trial.EntryIndex, begun.Version));
        Assert.Equal(StatusCode.Aborted, late.StatusCode);
        Assert.Contains($"the last act is Start by han-a, entry {begun.EntryIndex}", late.Status.Detail);
        Assert.Equal(StatusCode.Aborted, replay.StatusCode);
        Assert.Equal(2ul, (await inspections.ViewAsync(planned.InspectionId)).State.LifecycleVersion);
    }

    [Fact]
    public async Task Desks_that_plan_at_the_same_moment_get_numbers_of_their_own()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        InspectionStack inspections = await SeededAsync(stack);

        InspectionAnswer[] planned = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => inspections.PlanAsync(InspectionStack.Plan())));
        InspectionAnswer other = await inspections.PlanAsync(InspectionStack.Plan(InspectionStack.OtherTeam));

        Assert.Equal(Enumerable.Range(1, 6).Select(ordinal => $"检查 {Year}-{ordinal}"), planned.Select(answer => answer.Number).Order(StringComparer.Ordinal));
        Assert.Equal($"检查 {Year}-1", other.Number);
    }

    [Fact]
    public async Task Lists_are_by_unit_state_officer_and_object_page_by_page()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        InspectionStack inspections = await SeededAsync(stack);
        InspectionAnswer first = await inspections.PlanAsync(InspectionStack.Plan());
        InspectionAnswer city = await inspections.PlanAsync(InspectionStack.Plan(InspectionStack.OtherTeam, "plant-again"));
        InspectionPlan placed = InspectionStack.Plan(objectId: "");
        placed.Place = "桃花溪下游";
        InspectionAnswer place = await inspections.PlanAsync(placed);
        await inspections.StartAsync(first);

        Assert.Equal([place.InspectionId, city.InspectionId, first.InspectionId], Ids(await inspections.ListAsync()));
        Assert.Equal([city.InspectionId], Ids(await inspections.ListAsync(request => request.UnitId = InspectionStack.OtherTeam)));
        Assert.Equal([first.InspectionId], Ids(await inspections.ListAsync(request => request.State = InspectionState.Started)));
        Assert.Equal([city.InspectionId], Ids(await inspections.ListAsync(request => request.OfficerId = "city-b")));
        Assert.Equal([city.InspectionId, first.InspectionId], Ids(await inspections.ListAsync(request => request.ObjectId = "plant"))); // merged objects are one
        InspectionPage page = await inspections.ListAsync(request => request.PageSize = 2);
        Assert.Equal([first.InspectionId], Ids(await inspections.ListAsync(request => request.Page = page.NextPage)));
        InspectionRow row = (await inspections.ListAsync(request => request.State = InspectionState.Started)).Rows.Single();
        Assert.Equal(("渝北电镀厂", "执法支队", "张承办、李协办"), (row.ObjectName, row.UnitName, string.Join('、', row.Officers)));
        Assert.Equal("桃花溪下游", (await inspections.ViewAsync(place.InspectionId)).Row.ObjectName);
    }

    [Fact]
    public async Task The_tables_folded_again_from_entry_0_are_the_same_after_a_lawful_deletion_too()
    {
        string live;
        await using (ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation))
        {
            InspectionStack inspections = await SeededAsync(stack);
            string id = await FoundAsync(inspections);
            ulong manifest = await stack.Footage.UploadAsync("000001"), gone = await stack.Footage.UploadAsync("000001");
            await inspections.ActAsync(id, Kind.LinkRecording, "han-a", act => act.Recording = new InspectionRecording { ManifestIndex = manifest, Finding = 1 });
            await inspections.ActAsync(id, Kind.LinkRecording, "han-a", act => act.Recording = new InspectionRecording { ManifestIndex = gone });
            RpcException held = await Assert.ThrowsAsync<RpcException>(() => stack.Service.EraseAsync((gone, gone)));
            Assert.Contains("is a recording of inspection " + id, held.Status.Detail);
            await inspections.ActAsync(id, Kind.UnlinkRecording, "han-a", act => act.Recording = new InspectionRecording { ManifestIndex = gone, Reason = "拍到无关人员" });
            await stack.Service.EraseAsync((gone, gone));
            RpcException erased = await Assert.ThrowsAsync<RpcException>(() => inspections.ActAsync(
                id, Kind.LinkRecording, "han-a", act => act.Recording = new InspectionRecording { ManifestIndex = gone }));
            Assert.Contains("lawfully deleted", erased.Status.Detail);
            live = await DumpAsync(stack);
            Assert.Contains("inspection_recording", live);
        }

        File.Delete(Directory.GetFiles(_data, "procedure.db", SearchOption.AllDirectories).Single());
        await using ProcedureStack again = await ProcedureStack.StartAsync(_data, Cancellation, seeded: false);
        Assert.Equal(live, await DumpAsync(again));
    }

    private static int Year => TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Year;

    private static string[] Ids(InspectionPage page) => [.. page.Rows.Select(row => row.InspectionId)];

    private static async Task<InspectionStack> SeededAsync(ProcedureStack stack)
    {
        InspectionStack inspections = new(stack, Cancellation);
        await inspections.SeedAsync();
        return inspections;
    }

    /// <summary>Begun, with one violation.</summary>
    private static async Task<string> FoundAsync(InspectionStack inspections)
    {
        string id = (await inspections.StartAsync(await inspections.PlanAsync(InspectionStack.Plan()))).InspectionId;
        await inspections.ActAsync(id, Kind.RecordFinding, "han-a", act => act.Finding = new InspectionFinding { Text = "废水超标", Violation = true, ItemId = "item-environment" });
        return id;
    }

    private static async Task<FailedGuard> RepeatedAsync(Task<InspectionAnswer> act)
    {
        FailedGuard failed = Assert.Single(InspectionStack.GuardsOf(await Assert.ThrowsAsync<RpcException>(() => act)));
        Assert.Equal("REPEATED", failed.Name);
        return failed;
    }

    private static async Task<string> DumpAsync(ProcedureStack stack)
    {
        ProjectionSet projections = stack.Service.App.Services.GetRequiredService<ProjectionSet>();
        await projections.WaitForAsync(stack.Service.App.Services.GetRequiredService<ILedgerReader>().DurableSize, Cancellation);
        return DeskHost.DumpFile(projections.Procedure.File);
    }
}
