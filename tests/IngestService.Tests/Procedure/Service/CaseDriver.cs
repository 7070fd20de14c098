using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Contract = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>Cases of a running service, driven over the wire by whoever's part it is.</summary>
/// <param name="channel">To the service.</param>
/// <param name="time">The service's clock, where it is not the machine's.</param>
internal abstract class CaseDriver(GrpcChannel channel, TimeProvider? time = null)
{
    private static readonly Actor Clerk = new() { Id = "p1", Name = "周静", Unit = "信息中心" };

    private readonly Dictionary<(RegisterChange.ContentOneofCase, string), ulong> _versions = [];
    private Footage? _footage;

    public Timestamp Now => (time ?? TimeProvider.System).GetUtcNow().ToTimestamp();

    public Footage Footage => _footage ??= new Footage(channel, this);

    /// <summary>What was written last; every read asks for at least that.</summary>
    public ulong Size { get; private set; }

    public Contract.ProcedureActs.ProcedureActsClient Acts => new(channel);

    public ProcedureDesk.ProcedureDeskClient Desk => new(channel);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>People, competence and the sample rules.</summary>
    public async Task SeedAsync()
    {
        await RegisterAsync(ProcedurePeople.Units);
        await RegisterAsync(ProcedurePeople.All);
        await RegisterAsync(ProcedurePeople.Competence);
        Assert.Empty((await ActivateAsync(RulesFile.Bytes())).Errors);
    }

    /// <summary>Media into a case as it stands now.</summary>
    public async Task AttachAsync(string caseId, ulong manifest, string reason) => Seen(await new Contract.Acts.ActsClient(channel).AttachMediaAsync(
        new AttachMediaRequest { Actor = Clerk, CaseId = caseId, ManifestIndex = manifest, ExpectedEvidenceVersion = (await CaseAsync(caseId)).EvidenceVersion, Reason = reason },
        cancellationToken: Cancellation));

    public async Task<ActivateRulesAnswer> ActivateAsync(byte[] content) => await Acts.ActivateRulesAsync(
        new ActivateRulesRequest { Actor = Clerk, Content = ByteString.CopyFrom(content), Reason = "启用" }, cancellationToken: Cancellation);

    public async Task RegisterAsync(IEnumerable<RegisterChange> changes)
    {
        // A subject that rests on another comes after it: units before people.
        foreach (RegisterChange change in changes)
        {
            change.Reason = "设立";
            ulong version = _versions.GetValueOrDefault((change.ContentCase, change.Id));
            ChangeRegisterRequest act = new() { Actor = Clerk, Changes = { new ChangeToMake { Change = change, ExpectedVersion = version } } };
            ChangeRegisterAnswer answer = await new Contract.RegisterActs.RegisterActsClient(channel).ChangeAsync(act, cancellationToken: Cancellation);
            _versions[(change.ContentCase, change.Id)] = answer.Versions[0];
            Size = Math.Max(Size, answer.LedgerSize);
        }
    }

    public Task<string> OpenAsync(string title, string domain = "environment", LeadSourceKind source = LeadSourceKind.StreetFinding, string place = "", ActAnswer? lead = null) =>
        OpenAsync(title, domain, new LeadSource { Kind = source, ReceivedAt = Now }, place, lead);

    public async Task<string> OpenAsync(string title, string domain, LeadSource source, string place = "", ActAnswer? lead = null) => Seen(await new Contract.Acts.ActsClient(channel).OpenCaseAsync(new OpenCaseRequest
    {
        Actor = Clerk, Title = title, Domain = domain, HandlingUnitId = ProcedurePeople.Team, Place = place, Source = source,
        LeadId = lead?.SubjectId ?? "", ExpectedLeadVersion = lead?.Version ?? 0,
    }, cancellationToken: Cancellation)).SubjectId;

    public async Task<ProcedureCase> CaseAsync(string caseId) => (await ViewAsync(caseId)).State;

    public async Task<ProcedureView> ViewAsync(string caseId, string officer = "") => await Desk.GetProcedureAsync(
        new GetProcedureRequest { CaseId = caseId, OfficerId = officer, AtLeast = Size }, cancellationToken: Cancellation);

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
            Kind = kind, Actor = new Actor { Id = officer, Name = ProcedurePeople.NameOf(officer), Unit = ProcedurePeople.Team }, Role = role, SecondOfficerId = second,
        };
        fill?.Invoke(act);
        return Seen(await Acts.ActAsync(new ProcedureActRequest { CaseId = caseId, ExpectedVersion = version, Act = act }, cancellationToken: Cancellation));
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
        return await BindAsync(caseId, issued.Documents[^1]);
    }

    /// <summary>Signed and scanned back; its id.</summary>
    public async Task<string> BindAsync(string caseId, CaseDocument document)
    {
        await ActAsync(caseId, ProcedureActKind.BindScan, "han-a", OfficerRole.Handler, act => act.Scan = new BoundScan
        {
            DocumentId = document.DocumentId, DraftSha256 = document.DraftSha256, ScanSha256 = ByteString.CopyFrom(new byte[32]),
        });
        return document.DocumentId;
    }

    /// <summary>The stored file is read again, now.</summary>
    public async Task<CheckEvidenceAnswer> CheckAsync(string item)
    {
        CheckEvidenceAnswer answer = await new Contract.Acts.ActsClient(channel).CheckEvidenceAsync(new CheckEvidenceRequest
        {
            Actor = Clerk, ManifestIndex = ulong.Parse(item["media/".Length..], System.Globalization.CultureInfo.InvariantCulture),
        }, cancellationToken: Cancellation);
        Size = Math.Max(Size, answer.LedgerSize);
        return answer;
    }

    public ActAnswer Seen(ActAnswer answer)
    {
        Size = Math.Max(Size, answer.LedgerSize);
        return answer;
    }
}
