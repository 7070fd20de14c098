using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.OperatorConsole.Tests.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace EdgeEnforcement.OperatorConsole.Tests.Inspections;

/// <summary>What inspections need beside the people of <see cref="ProcedurePeople"/>: enterprises, a docking station's file, acts beside the pages.</summary>
internal sealed class InspectionWorld(GrpcChannel channel)
{
    private ulong _size;

    public async Task RegisterAsync(string objectId, string name) => _size = (await new RegisterActs.RegisterActsClient(channel).ChangeAsync(new ChangeRegisterRequest
    {
        Actor = RegisterSeed.Clerk,
        Changes = { new ChangeToMake { Change = new RegisterChange { Id = objectId, Reason = "登记", EnforcementObject = new EnforcementObject { Kind = ObjectKind.Enterprise, Name = name } } } },
    }, cancellationToken: Cancellation)).LedgerSize;

    /// <summary>A manifest of footage of now; its entry.</summary>
    public async Task<ulong> AnnounceAsync(string producer, string path)
    {
        var key = SigningKey.Create();
        await new Enrolment.EnrolmentClient(channel).RegisterAsync(new RegisterRequest
        {
            Producer = producer, DisplayName = "渝北一站", PublicKey = ByteString.CopyFrom(key.Spki), Proof = ByteString.CopyFrom(RegistrationProof.Sign(key, producer)),
        }, cancellationToken: Cancellation);
        var digest = ByteString.CopyFrom(new byte[32]);
        var record = new Record
        {
            Identity = new RecordIdentity { Producer = producer, Epoch = 1, RecordClass = RecordClass.P0, Sequence = 1 },
            SourceDevice = "A1",
            MediaManifest = new MediaManifest
            {
                Recorder = "A1", Dock = producer, OriginalPath = path, SizeBytes = 5, Container = "mp4", Officer = "han-a", ChunkBytes = 4 << 20, ChunkSha256 = digest,
                Digests = { new Digest { Algorithm = "sha-256", Value = digest } }, Capture = new CaptureSpan { Start = Now(), End = Now() },
            },
        };
        using var call = new Report.ReportClient(channel).Stream(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new ReportRequest { Hello = new Hello { Producer = producer, Lane = "live" } }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        await call.RequestStream.WriteAsync(new ReportRequest { Envelope = ByteString.CopyFrom(new EnvelopeSigner(key).Seal(record)), Correlation = 1 }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        return call.ResponseStream.Current.Receipt.Index;
    }

    public async Task<InspectionAnswer> PlanAsync(string objectId) => await ActAsync("", 0, new InspectionAct
    {
        Kind = InspectionActKind.Plan,
        Plan = new InspectionPlan
        {
            Trigger = InspectionTrigger.Special, Reference = "2026专项3", ItemId = "item-environment", ObjectId = objectId, UnitId = ProcedurePeople.Team, OfficerIds = { "han-a", "han-b" },
            WindowFrom = Now(-1), WindowUntil = Now(24), Retention = RetentionClass.TenYears, Matters = "污染防治设施运行",
        },
    });

    public Task<InspectionAnswer> StartAsync(InspectionAnswer planned) => ActAsync(planned.InspectionId, planned.Version,
        new InspectionAct { Kind = InspectionActKind.Start, Start = new InspectionStart { IdentityShown = true, Place = "厂区" } }, "han-b");

    public async Task<Inspection> StateAsync(string id) => (await new InspectionDesk.InspectionDeskClient(channel).GetAsync(
        new GetInspectionRequest { InspectionId = id, AtLeast = _size }, cancellationToken: Cancellation)).State;

    /// <summary>Civil time of Shanghai as a box of a form takes it.</summary>
    public static string Civil(int hours) => TimeProvider.System.GetUtcNow().AddHours(hours).ToOffset(TimeSpan.FromHours(8))
        .ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Timestamp Now(int hours = 0) => TimeProvider.System.GetUtcNow().AddHours(hours).ToTimestamp();

    private async Task<InspectionAnswer> ActAsync(string id, ulong version, InspectionAct act, string officer = "han-a")
    {
        act.Actor = new Actor { Id = officer, Name = ProcedurePeople.NameOf(officer) };
        var answer = await new InspectionActs.InspectionActsClient(channel).ActAsync(
            new InspectionActRequest { InspectionId = id, ExpectedVersion = version, Act = act }, cancellationToken: Cancellation);
        _size = answer.LedgerSize;
        return answer;
    }
}
