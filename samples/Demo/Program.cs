using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Desk = EdgeEnforcement.Contracts.V1.Desk;

// demo-operator SERVICE CONSOLE: makes a lead and a case of the first alert, and waits until footage stands in the case with its bytes
// stored. On a second start, when the case is already there, it only says where to look. Exit code 1 when nothing of this came in time.
const int DockedFiles = 4; // what scripts/demo.sh puts into the bays
var service = args.Length > 0 ? args[0] : "http://127.0.0.1:7501";
var console = args.Length > 1 ? args[1] : "http://127.0.0.1:7500";
using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
using var channel = GrpcChannel.ForAddress(service);
var desk = new Desk.DeskClient(channel);
var acts = new Acts.ActsClient(channel);
var actor = new Actor { Id = "500101", Name = "演示值班员 (demo)", Unit = "河道执法支队" };

var process = new ProcedureDemo(channel, actor, limit.Token);

try
{
    await process.FillRegistersAsync();
    var caseId = await FindCaseAsync() ?? await OpenCaseAsync(await FirstAlertAsync());
    var detail = await WaitForAsync(
        board => board.Cases.Any(row => row.CaseId == caseId && row.EvidenceCount >= DockedFiles && row.VerifiedCount == row.EvidenceCount),
        () => desk.GetCaseAsync(new GetCaseRequest { CaseId = caseId }, cancellationToken: limit.Token).ResponseAsync);
    Console.WriteLine($"case {detail.Row.Number}: {detail.Row.EvidenceCount} items, {detail.Row.VerifiedCount} stored and whole");
    Console.WriteLine($"     {console}/cases/{Uri.EscapeDataString(caseId)}");
    foreach (var item in detail.Evidence)
        Console.WriteLine($"     {item.Media.OriginalPath}: {item.Reason} ({item.Explanation})");
    await process.WalkAsync(caseId);
    Console.WriteLine("     filed, two officers assigned, under investigation; who may do what next:");
    Console.WriteLine($"     {console}/work");
    return 0;
}
catch (Exception stopped) when (stopped is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
{
    Console.Error.WriteLine("the demo's alert and footage did not arrive within 90 seconds; see the logs");
    return 1;
}
catch (RpcException refused)
{
    Console.Error.WriteLine($"the demo's step was refused: {refused.Status.Detail}");
    return 1;
}

async Task<string?> FindCaseAsync() =>
    (await desk.GetDutyBoardAsync(new DutyBoardRequest(), cancellationToken: limit.Token)).Cases.LastOrDefault()?.CaseId;

Task<AlertRow> FirstAlertAsync() =>
    WaitForAsync(board => board.Unacknowledged.Any(IsFromTheField), async () =>
        (await desk.GetDutyBoardAsync(new DutyBoardRequest(), cancellationToken: limit.Token)).Unacknowledged.First(IsFromTheField));

// Rules' alerts about the stations come meanwhile.
static bool IsFromTheField(AlertRow alert) => alert.Officer.Length > 0;

// Pull on each version told: the feed never carries content.
async Task<T> WaitForAsync<T>(Func<DutyBoard, bool> condition, Func<Task<T>> result)
{
    using var feed = desk.WatchFeed(new WatchFeedRequest(), cancellationToken: limit.Token);
    await foreach (var _ in feed.ResponseStream.ReadAllAsync(limit.Token))
    {
        if (condition(await desk.GetDutyBoardAsync(new DutyBoardRequest(), cancellationToken: limit.Token)))
            return await result();
    }

    throw new OperationCanceledException("the feed ended");
}

async Task<string> OpenCaseAsync(AlertRow alert)
{
    var lead = await acts.RegisterLeadAsync(new RegisterLeadRequest
    {
        Actor = actor,
        AlertId = alert.AlertId,
        ExpectedVersion = alert.Version,
        Reason = "现场照片与告警一致，转线索",
    });
    var opened = await acts.OpenCaseAsync(new OpenCaseRequest
    {
        Actor = actor,
        Title = alert.Title,
        LeadId = lead.SubjectId,
        Officers = { "000001", "000002" },
        WindowStart = Timestamp.FromDateTimeOffset(alert.ObservedAt.ToDateTimeOffset().AddHours(-2)),
        WindowEnd = Timestamp.FromDateTimeOffset(alert.ObservedAt.ToDateTimeOffset().AddHours(2)),
        Place = alert.Place,
        Domain = "river",
        HandlingUnitId = "yb-water-river",
        ExpectedLeadVersion = lead.Version,
    });
    return opened.SubjectId;
}
