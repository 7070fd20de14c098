using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using EdgeEnforcement.OperatorConsole.Tests.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Microsoft.Playwright;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

/// <summary>A real service with people, competence and the sample rules, the real console, and windows onto it for whoever acts. One per test class.</summary>
public sealed class ProcedureStack(Browser browser) : IAsyncLifetime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(180);
    private static readonly HttpClient Http = new();

    private readonly TemporaryFolder _folder = new();
    private readonly ConsoleProcess _console = new();
    private readonly BrowserWindows _windows = new(browser);
    private ProductProcess? _service;
    private GrpcChannel? _channel;
    private ulong _size;

    public async ValueTask InitializeAsync()
    {
        var (grpc, http) = (LoopbackPort.Next(), LoopbackPort.Next());
        _service = ProductProcess.Start("dotnet", Repository.Assembly("IngestService", "ingest"), "run", "--data", _folder.Sub("data"),
            "--grpc-port", Text(grpc), "--http-port", Text(http), "--mqtt-port", Text(LoopbackPort.Next()), "--mqtt-access", Repository.Profile("own-topics-loopback"));
        await Eventually.Holds("the service is healthy", StartPatience, async () =>
        {
            using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{http}/health"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }, () => _service.Output);
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpc}");
        await SeedAsync();
        await _console.StartAsync(grpc, http, _folder.Sub("console"));
    }

    /// <param name="officer">An id of <see cref="ProcedureWorld"/>; the window is that officer's.</param>
    internal async Task<IPage> OpenAsync(string path, string officer, string? language = null)
    {
        var page = await _windows.OpenAsync(_console.Address, path, new OperatorIdentity(officer, ProcedureWorld.NameOf(officer), ProcedureWorld.Team).ToCookie(), language);
        await page.Locator("body[data-keys=on]").WaitForAsync();
        return page;
    }

    internal Task<IPage> OpenAsNobodyAsync(string path) => _windows.OpenAsync(_console.Address, path, new OperatorIdentity("000117", "周敏", "").ToCookie(), null);

    internal async Task<string> OpenCaseAsync(string title, string domain = "environment") => Seen(await new Acts.ActsClient(_channel).OpenCaseAsync(new OpenCaseRequest
    {
        Actor = RegisterSeed.Clerk, Title = title, Domain = domain, HandlingUnitId = ProcedureWorld.Team,
        Source = new LeadSource { Kind = LeadSourceKind.StreetFinding, ReceivedAt = TimeProvider.System.GetUtcNow().ToTimestamp() },
    }, cancellationToken: TestContext.Current.CancellationToken)).SubjectId;

    /// <summary>An alert of a warning's severity, as a device of its own sends it; its id.</summary>
    internal async Task<string> AlertAsync(string title)
    {
        using var producer = new FieldProducer("field-" + Guid.CreateVersion7().ToString("N")[..12], _channel!); // open since InitializeAsync
        var cancellation = TestContext.Current.CancellationToken;
        await producer.ConnectAsync(cancellation);
        foreach (var envelope in new[] { producer.NextAlert(""), producer.NextAlert(title) })
        {
            await producer.SendAsync(envelope, cancellation);
            await producer.ReadAsync(cancellation);
        }
        var alertId = "";
        var desk = new Contracts.V1.Desk.DeskClient(_channel);
        await Eventually.Holds($"the alert {title} is open", StartPatience, async () =>
        {
            var page = await desk.ListAlertsAsync(new ListAlertsRequest(), cancellationToken: cancellation);
            alertId = page.Rows.FirstOrDefault(row => row.Title == title)?.AlertId ?? "";
            return alertId.Length > 0;
        }, () => "");
        return alertId;
    }

    internal async Task<ProcedureCase> CaseAsync(string caseId) => (await new ProcedureDesk.ProcedureDeskClient(_channel).GetProcedureAsync(
        new GetProcedureRequest { CaseId = caseId, AtLeast = _size }, cancellationToken: TestContext.Current.CancellationToken)).State;

    /// <summary>An act beside the pages, of the case as it stands now.</summary>
    internal async Task<ProcedureCase> ActAsync(string caseId, ProcedureActKind kind, string officer, OfficerRole role, Action<ProcedureAct>? fill = null, string second = "")
    {
        var seen = await CaseAsync(caseId);
        var act = new ProcedureAct { Kind = kind, Actor = new Actor { Id = officer, Name = ProcedureWorld.NameOf(officer) }, Role = role, SecondOfficerId = second };
        fill?.Invoke(act);
        Seen(await new ProcedureActs.ProcedureActsClient(_channel).ActAsync(
            new ProcedureActRequest { CaseId = caseId, ExpectedVersion = seen.LifecycleVersion, Act = act }, cancellationToken: TestContext.Current.CancellationToken));
        return await CaseAsync(caseId);
    }

    /// <summary>Filed with the agency head's approval.</summary>
    internal async Task<ProcedureCase> FileAsync(string caseId)
    {
        var asked = await ActAsync(caseId, ProcedureActKind.File, "han-a", OfficerRole.Handler, act => act.Filing = ProcedureWorld.Filing());
        return await ActAsync(caseId, ProcedureActKind.Approve, "head-agency", OfficerRole.AgencyHead,
            act => act.Answer = new RequestAnswer { RequestEntry = asked.Pending.EntryIndex, Opinion = "同意" });
    }

    public async ValueTask DisposeAsync()
    {
        await _windows.CloseAsync();
        await _console.DisposeAsync();
        _channel?.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();
        _folder.Dispose();
    }

    private async Task SeedAsync()
    {
        var seed = new RegisterSeed(new RegisterActs.RegisterActsClient(_channel), new RegisterDesk.RegisterDeskClient(_channel), new Acts.ActsClient(_channel));
        foreach (var part in new[] { ProcedureWorld.Units(), ProcedureWorld.Officers(), ProcedureWorld.Competence() })
        {
            foreach (var change in part)
                await seed.ChangeAsync("设立", [change]);
        }
        var answer = await new ProcedureActs.ProcedureActsClient(_channel).ActivateRulesAsync(
            new ActivateRulesRequest { Actor = RegisterSeed.Clerk, Content = ByteString.CopyFrom(ProcedureWorld.Rules()), Reason = "启用" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(answer.Errors);
        _size = answer.LedgerSize;
    }

    private ActAnswer Seen(ActAnswer answer)
    {
        _size = Math.Max(_size, answer.LedgerSize);
        return answer;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
