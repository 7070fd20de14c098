using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Grpc.Net.Client;
using Microsoft.Playwright;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

/// <summary>A real service with registers written through its own door, the real console, and windows onto it. One per test class.</summary>
public sealed class RegisterStack(Browser browser) : IAsyncLifetime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(180);
    private static readonly HttpClient Http = new();

    private readonly TemporaryFolder _folder = new();
    private readonly ConsoleProcess _console = new();
    private readonly BrowserWindows _windows = new(browser);
    private ProductProcess? _service;
    private GrpcChannel? _channel;

    internal RegisterSeed Seed { get; private set; } = null!; // set before the first test

    internal string ServiceAddress { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var (grpc, http) = (LoopbackPort.Next(), LoopbackPort.Next());
        ServiceAddress = $"http://127.0.0.1:{grpc}";
        _service = ProductProcess.Start("dotnet", Repository.Assembly("IngestService", "ingest"), "run", "--data", _folder.Sub("data"),
            "--grpc-port", Text(grpc), "--http-port", Text(http), "--mqtt-port", Text(LoopbackPort.Next()), "--mqtt-access", Repository.Profile("own-topics-loopback"));
        await Eventually.Holds("the service is healthy", StartPatience, async () =>
        {
            using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{http}/health"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }, () => _service.Output);
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpc}");
        Seed = new RegisterSeed(new RegisterActs.RegisterActsClient(_channel), new RegisterDesk.RegisterDeskClient(_channel), new Acts.ActsClient(_channel));
        await Seed.FillAsync();
        await _console.StartAsync(grpc, http, _folder.Sub("console"));
    }

    internal Task<IPage> OpenAsync(string path, string? language = null) =>
        _windows.OpenAsync(_console.Address, path, new OperatorIdentity("000117", "周敏", "重庆市水利局").ToCookie(), language);

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
}
