using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
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

    internal CaseDriver Driver { get; private set; } = null!; // set before the first test

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
        Driver = new Cases(_channel);
        await Driver.SeedAsync();
        await _console.StartAsync(grpc, http, _folder.Sub("console"));
    }

    /// <param name="officer">An id of <see cref="ProcedurePeople"/>; the window is that officer's.</param>
    internal async Task<IPage> OpenAsync(string path, string officer, string? language = null)
    {
        var page = await _windows.OpenAsync(_console.Address, path, new OperatorIdentity(officer, ProcedurePeople.NameOf(officer), ProcedurePeople.Team).ToCookie(), language);
        await page.Locator("body[data-keys=on]").WaitForAsync();
        return page;
    }

    internal Task<IPage> OpenAsNobodyAsync(string path) => _windows.OpenAsync(_console.Address, path, new OperatorIdentity("000117", "周敏", "").ToCookie(), null);

    internal Task<string> OpenCaseAsync(string title, string domain = "environment") => Driver.OpenAsync(title, domain);

    internal GrpcChannel Channel => _channel ?? throw new InvalidOperationException("the stack has not started");

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

    internal Task<ProcedureCase> CaseAsync(string caseId) => Driver.CaseAsync(caseId);

    /// <summary>An act beside the pages, of the case as it stands now.</summary>
    internal Task<ProcedureCase> ActAsync(string caseId, ProcedureActKind kind, string officer, OfficerRole role, Action<ProcedureAct>? fill = null, string second = "") =>
        Driver.ActAsync(caseId, kind, officer, role, fill, second);

    /// <summary>Filed with the agency head's approval.</summary>
    internal Task<ProcedureCase> FileAsync(string caseId) => Path(caseId).FileAsync();

    /// <summary>What goes on beside the pages, stage by stage.</summary>
    internal OrdinaryPath Path(string caseId, string domain = "environment") => new(Driver, caseId, domain);

    public async ValueTask DisposeAsync()
    {
        await _windows.CloseAsync();
        await _console.DisposeAsync();
        _channel?.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();
        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Cases(GrpcChannel channel) : CaseDriver(channel);
}
