using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>What the wire may bring: the wrong person, the wrong order, twice, too late; and recordings and numbers as a file shows them.</summary>
public sealed class UnlawfulActTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-unlawful-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Out_of_order_in_a_wrong_role_recused_expired_and_sent_again_each_is_refused_by_its_guard()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        RegisterChange expired = ProcedurePeople.Officer("expired", "逾期者", Handler);
        expired.Officer.Certificates[0].ThroughDay = "2026-01-31";
        await stack.RegisterAsync([expired, ProcedurePeople.Officer("kin", "亲属", Handler)]);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        await stack.RegisterAsync([new RegisterChange { Id = "recusal-1", Recusal = new Recusal { CaseId = caseId, OfficerId = "kin", Ground = "近亲属", DecidedByOfficerId = "head-agency" } }]);
        await stack.Footage.AttachAsync(caseId, "");
        ProcedureCase seen = await stack.CaseAsync(caseId);

        ProcedureRefusal early = await stack.RefusedAsync(caseId, DecidePenalty, "han-a", Handler, OrdinaryPath.Decision);
        ProcedureRefusal role = await stack.RefusedAsync(caseId, SubmitEvidence, "han-a", LegalReviewer);
        ProcedureRefusal stranger = await stack.RefusedAsync(caseId, SubmitEvidence, "evi", Handler);
        ProcedureRefusal recused = await stack.RefusedAsync(caseId, SubmitEvidence, "kin", Handler);
        ProcedureRefusal lapsed = await stack.RefusedAsync(caseId, SubmitEvidence, "expired", Handler);
        await stack.SendAsync(caseId, seen.LifecycleVersion, SubmitEvidence, "han-a", Handler);
        RpcException again = await Assert.ThrowsAsync<RpcException>(() => stack.SendAsync(caseId, seen.LifecycleVersion, SubmitEvidence, "han-a", Handler));

        Assert.Equal(["STATE", "ROLE", "OFFICER_ROLE", "OFFICER_RECUSAL", "OFFICER_CERTIFICATE"],
            new[] { early, role, stranger, recused, lapsed }.Select(refusal => refusal.Guards[0].Name));
        Assert.Equal((StatusCode.Aborted, "CONFLICT"), (again.StatusCode, again.Trailers.GetValue("ee-refusal-name")));
        Assert.Equal(ProcedureState.A2EvidenceReview, (await stack.CaseAsync(caseId)).State);
    }

    [Fact]
    public async Task A_head_who_is_away_is_stood_in_for_in_writing_or_not_at_all()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        await stack.RegisterAsync([ProcedurePeople.Officer("aide", "办公室主任", Supervisor)]);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        ProcedureCase asked = await stack.ActAsync(caseId, ProcedureActKind.File, "han-a", Handler, act => act.Filing = OrdinaryPath.Filing("urban"));
        void Answer(ProcedureAct act) => act.Answer = new RequestAnswer { RequestEntry = asked.Pending.EntryIndex, Opinion = "同意" };

        ProcedureRefusal unwritten = await stack.RefusedAsync(caseId, Approve, "aide", AgencyHead, Answer);
        await stack.RegisterAsync([new RegisterChange
        {
            Id = "substitution-1",
            Substitution = new Substitution
            {
                SubstituteOfficerId = "aide", AbsentOfficerId = "head-agency", UnitId = ProcedurePeople.Team, Roles = { AgencyHead }, Document = "授权书1号",
                From = stack.Clock.GetUtcNow().AddDays(1).ToTimestamp(), Until = stack.Clock.GetUtcNow().AddDays(3).ToTimestamp(),
            },
        }]);
        ProcedureRefusal early = await stack.RefusedAsync(caseId, Approve, "aide", AgencyHead, Answer);
        stack.Clock.Pass(TimeSpan.FromDays(2));
        ProcedureCase filed = await stack.ActAsync(caseId, Approve, "aide", AgencyHead, Answer);

        Assert.Equal("OFFICER_ROLE", Assert.Single(unwritten.Guards).Name);
        Assert.Equal("OFFICER_ROLE", Assert.Single(early.Guards).Name);
        Assert.Equal(ProcedureState.B0Filed, filed.State);
    }

    [Fact]
    public async Task A_lead_is_merged_into_an_open_case_only_and_what_was_merged_is_not_worked_on()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        string first = await stack.OpenAsync("倾倒垃圾"), second = await stack.OpenAsync("再次倾倒"), third = await stack.OpenAsync("又一次");
        void Into(ProcedureAct act, string other) => act.LinkedCase = new LinkedCase { CaseId = other, Reason = "同一行为" };
        await stack.ActAsync(second, Merge, "head-unit", UnitHead, act => Into(act, first));

        ProcedureRefusal chained = await stack.RefusedAsync(third, Merge, "head-unit", UnitHead, act => Into(act, second));
        ProcedureRefusal worked = await stack.RefusedAsync(second, ProcedureActKind.File, "han-a", Handler, act => act.Filing = OrdinaryPath.Filing("environment"));
        RpcException attached = await Assert.ThrowsAsync<RpcException>(() => stack.Footage.AttachAsync(second, ""));

        Assert.Equal("OTHER_CASE_OPEN", Assert.Single(chained.Guards).Name);
        Assert.Equal("STATE", Assert.Single(worked.Guards).Name);
        Assert.Equal(StatusCode.FailedPrecondition, attached.StatusCode);
    }

    [Fact]
    public async Task A_notice_is_served_after_it_was_signed_and_left_at_the_door_before_a_recording()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        OrdinaryPath path = new(stack, await stack.OpenAsync("倾倒垃圾"), "environment");
        await path.FileAsync();
        await path.InvestigateAsync();
        await path.ReviewAsync();
        stack.Clock.Pass(TimeSpan.FromHours(1));
        CaseDocument notice = (await stack.ActAsync(path.CaseId, IssueDocument, "han-a", Handler, act => act.Document = OrdinaryPath.Notice())).Documents[^1];
        Timestamp between = stack.Clock.GetUtcNow().AddMinutes(30).ToTimestamp();
        stack.Clock.Pass(TimeSpan.FromHours(1));
        await stack.BindAsync(path.CaseId, notice);
        ServiceOfDocument left = new() { DocumentId = notice.DocumentId, Method = ServiceMethod.Leaving, ServedAt = between, Receiver = "刘某", Proof = "送达回证001", Witness = "居委会" };

        ProcedureRefusal unsigned = await stack.RefusedAsync(path.CaseId, ServeNotice, "han-a", ServiceOfficer, act => act.Service = left, "han-b");
        string film = await stack.Footage.AttachAsync(path.CaseId, "000001", TimeSpan.FromMinutes(5));
        left.ServedAt = stack.Now;
        ProcedureRefusal unrecorded = await stack.RefusedAsync(path.CaseId, ServeNotice, "han-a", ServiceOfficer, act => act.Service = left, "han-b");
        stack.Clock.Pass(TimeSpan.FromHours(1));
        (left.ServedAt, MediaSegment part) = (stack.Now, new MediaSegment { EvidenceKey = film, UntilMs = 300_000 });
        left.Media.Add(part);
        ProcedureRefusal elsewhen = await stack.RefusedAsync(path.CaseId, ServeNotice, "han-a", ServiceOfficer, act => act.Service = left, "han-b");
        left.ServedAt = stack.Clock.GetUtcNow().AddHours(-1).ToTimestamp();
        ProcedureCase served = await stack.ActAsync(path.CaseId, ServeNotice, "han-a", ServiceOfficer, act => act.Service = left, "han-b");

        Assert.Contains(unsigned.Guards, guard => guard.Name == "SERVED_AFTER_SIGNING");
        Assert.Equal("RECORDED", Assert.Single(unrecorded.Guards).Name);
        Assert.Equal("RECORDING_WHOLE", Assert.Single(elsewhen.Guards).Name);
        Assert.Equal(ProcedureState.D1Defence, served.State);
    }

    [Fact]
    public async Task Six_steps_first_are_marked_on_the_recording_and_text_and_media_share_one_count()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        OrdinaryPath path = new(stack, await stack.OpenAsync("占道经营", "urban"), "urban");
        await path.FileAsync();
        await stack.ActAsync(path.CaseId, AssignOfficers, "head-unit", UnitHead,
            act => act.Officers = new OfficersAssigned { FirstOfficerId = "han-a", SecondOfficerId = "han-b" });
        string film = await stack.Footage.AttachAsync(path.CaseId, "000001", TimeSpan.FromMinutes(10));
        InvestigationRecord scene = Scene(stack, film);
        stack.Clock.Pass(TimeSpan.FromMinutes(20));

        InvestigationRecord hasty = scene.Clone();
        (hasty.Steps[^1].AtMs, hasty.Steps[0].AtMs) = (1_000, 500_000);
        ProcedureRefusal reversed = await stack.RefusedAsync(path.CaseId, RecordInvestigation, "han-a", Handler, act => act.Record = hasty, "han-b");
        InvestigationRecord cut = scene.Clone();
        cut.Media[0].UntilMs = 300_000;
        ProcedureRefusal hole = await stack.RefusedAsync(path.CaseId, RecordInvestigation, "han-a", Handler, act => act.Record = cut, "han-b");
        await stack.ActAsync(path.CaseId, RecordInvestigation, "han-a", Handler, act => act.Record = scene, "han-b");
        await stack.DocumentAsync(path.CaseId, DocumentKind.FilingApproval, ("item", "占道经营"), ("party_address", "渝北区"), ("handler_opinion", "建议立案"));
        await stack.ActAsync(path.CaseId, ReviewEvidence, "evi", EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(film));
        await stack.DocumentAsync(path.CaseId, DocumentKind.FilingApproval, ("item", "占道经营"), ("party_address", "渝北区"), ("handler_opinion", "更正"));
        ProcedureCase numbered = await stack.CaseAsync(path.CaseId);

        Assert.Equal("STEPS_ORDER", Assert.Single(reversed.Guards).Name);
        Assert.Equal("RECORDING_WHOLE", Assert.Single(hole.Guards).Name);
        Assert.Equal("show-id", numbered.Records[0].Steps[2].Step);
        Assert.Equal(["0001", "0002", "0003"], new[] { numbered.Evidence[0].CommonNumber, numbered.Documents[0].CommonNumber, numbered.Documents[1].CommonNumber }
            .Select(number => number[(number.LastIndexOf('-') + 1)..]));
        Assert.Equal(3U, numbered.LastCommonNumber);
    }

    private static InvestigationRecord Scene(ProcedureStack stack, string film)
    {
        Timestamp begun = stack.Clock.GetUtcNow().AddSeconds(-1).ToTimestamp();
        InvestigationRecord record = new()
        {
            Kind = InvestigationRecordKind.Scene, From = begun, Until = stack.Clock.GetUtcNow().AddMinutes(9).ToTimestamp(), Place = "桃花溪", IdentityShown = true,
            Content = "现场……", Signed = true, Media = { new MediaSegment { EvidenceKey = film, UntilMs = 600_000 } },
        };
        uint at = 0;
        foreach (string step in (string[])["salute", "address", "show-id", "tell-facts", "persuade", "tell-basis", "decide"])
            record.Steps.Add(new StepMark { Step = step, EvidenceKey = film, AtMs = at += 10_000 });
        return record;
    }
}
