using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Cases;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>The service as it is started, with the registers' people and the sample rules, over the wire.</summary>
internal sealed class ProcedureStack : IAsyncDisposable
{
    private readonly RunningErasure _service;
    private readonly CancellationToken _cancellation;

    private ProcedureStack(RunningErasure service, CancellationToken cancellation) => (_service, _cancellation, Footage) = (service, cancellation, new Footage(service, Seen, cancellation));

    public Footage Footage { get; }

    /// <summary>What was written last; every read asks for at least that.</summary>
    public ulong Size { get; private set; }

    public Contract.ProcedureActs.ProcedureActsClient Acts => new(_service.Channel);

    public ProcedureDesk.ProcedureDeskClient Desk => new(_service.Channel);

    public RunningErasure Service => _service;

    public static async Task<ProcedureStack> StartAsync(string data, CancellationToken cancellation, bool seeded = true, string? configFile = null)
    {
        ProcedureStack stack = new(await RunningErasure.StartAsync(data, cancellation, configFile), cancellation);
        if (!seeded)
            return stack;
        await stack.RegisterAsync(ProcedurePeople.Units);
        await stack.RegisterAsync(ProcedurePeople.All);
        await stack.RegisterAsync(ProcedurePeople.Competence);
        ActivateRulesAnswer answer = await stack.ActivateAsync(RulesFile.Bytes());
        Assert.Empty(answer.Errors);
        return stack;
    }

    public async Task<ActivateRulesAnswer> ActivateAsync(byte[] content) => await Acts.ActivateRulesAsync(
        new ActivateRulesRequest { Actor = RegisterWorld.Person, Content = ByteString.CopyFrom(content), Reason = "启用" }, cancellationToken: _cancellation);

    public async Task RegisterAsync(IEnumerable<RegisterChange> changes)
    {
        // A subject that rests on another comes after it: units before people.
        foreach (RegisterChange[] part in changes.Select(change => new[] { change }))
        {
            ChangeRegisterRequest act = new() { Actor = RegisterWorld.Person };
            foreach (RegisterChange change in part)
            {
                change.Reason = "设立";
                act.Changes.Add(new ChangeToMake { Change = change });
            }
            await new Contract.RegisterActs.RegisterActsClient(_service.Channel).ChangeAsync(act, cancellationToken: _cancellation);
        }
    }

    public Task<string> OpenAsync(string title, string domain = "environment", LeadSourceKind source = LeadSourceKind.StreetFinding, string place = "") =>
        OpenAsync(title, domain, new LeadSource { Kind = source, ReceivedAt = Now }, place);

    public async Task<string> OpenAsync(string title, string domain, LeadSource source, string place = "") => Seen(await _service.Acts.OpenCaseAsync(new OpenCaseRequest
    {
        Actor = RegisterWorld.Person, Title = title, Domain = domain, HandlingUnitId = ProcedurePeople.Team, Place = place, Source = source,
    }, cancellationToken: _cancellation)).SubjectId;

    private ActAnswer Seen(ActAnswer answer)
    {
        Size = Math.Max(Size, answer.LedgerSize);
        return answer;
    }

    public async Task<ProcedureCase> CaseAsync(string caseId) => (await ViewAsync(caseId)).State;

    public async Task<ProcedureView> ViewAsync(string caseId, string officer = "") => await Desk.GetProcedureAsync(
        new GetProcedureRequest { CaseId = caseId, OfficerId = officer, AtLeast = Size }, cancellationToken: _cancellation);

    /// <summary>Acts on the newest version; the case after it.</summary>
    public async Task<ProcedureCase> ActAsync(
        string caseId, ProcedureActKind kind, string officer, OfficerRole role, Action<ProcedureAct>? fill = null, string second = "")
    {
        ProcedureCase seen = await CaseAsync(caseId);
        ActAnswer answer = await SendAsync(caseId, seen.LifecycleVersion, kind, officer, role, fill, second);
        Assert.Equal(seen.LifecycleVersion + 1, answer.Version);
        return await CaseAsync(caseId);
    }

    public async Task<ActAnswer> SendAsync(
        string caseId, ulong version, ProcedureActKind kind, string officer, OfficerRole role, Action<ProcedureAct>? fill = null, string second = "")
    {
        ProcedureAct act = new()
        {
            Kind = kind, Actor = new Actor { Id = officer, Name = officer, Unit = ProcedurePeople.Team }, Role = role, SecondOfficerId = second,
        };
        fill?.Invoke(act);
        return Seen(await Acts.ActAsync(new ProcedureActRequest { CaseId = caseId, ExpectedVersion = version, Act = act }, cancellationToken: _cancellation));
    }

    /// <summary>Asks for it as the handler and lets the approver approve.</summary>
    public async Task<ProcedureCase> ApprovedAsync(string caseId, ProcedureActKind kind, string approver, OfficerRole approverRole, Action<ProcedureAct> fill, string second = "")
    {
        ProcedureCase asked = await ActAsync(caseId, kind, "han-a", OfficerRole.Handler, fill, second);
        Assert.Equal(kind, asked.Pending.Act.Kind);
        return await ActAsync(caseId, ProcedureActKind.Approve, approver, approverRole,
            act => act.Answer = new RequestAnswer { RequestEntry = asked.Pending.EntryIndex, Opinion = "同意" });
    }

    public async Task<ProcedureRefusal> RefusedAsync(
        string caseId, ProcedureActKind kind, string officer, OfficerRole role, Action<ProcedureAct>? fill = null, string second = "")
    {
        ProcedureCase before = await CaseAsync(caseId);
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => SendAsync(caseId, before.LifecycleVersion, kind, officer, role, fill, second));
        Assert.Equal(before, await CaseAsync(caseId));
        return ProcedureRefusal.Parser.ParseFrom(refused.Trailers.GetValueBytes("ee-procedure-refusal-bin")
            ?? throw new InvalidOperationException($"{refused.StatusCode} without guards: {refused.Status.Detail}"));
    }

    /// <summary>Issued, signed, scanned back: ready to be served. The new document's id.</summary>
    public async Task<string> DocumentAsync(string caseId, DocumentKind kind, params (string Key, string Value)[] fields)
    {
        ProcedureCase issued = await ActAsync(caseId, ProcedureActKind.IssueDocument, "han-a", OfficerRole.Handler, act =>
        {
            act.Document = new IssuedDocument { Kind = kind };
            foreach ((string key, string value) in fields)
                act.Document.Fields.Add(key, value);
        });
        CaseDocument document = issued.Documents[^1];
        await ActAsync(caseId, ProcedureActKind.BindScan, "han-a", OfficerRole.Handler, act => act.Scan = new BoundScan
        {
            DocumentId = document.DocumentId, DraftSha256 = document.DraftSha256, ScanSha256 = ByteString.CopyFrom(new byte[32]),
        });
        return document.DocumentId;
    }

    public static Timestamp Now => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
