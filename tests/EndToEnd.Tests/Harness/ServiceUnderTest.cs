using System.Globalization;
using Grpc.Net.Client;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>A real `ingest` on loopback with a data directory of its own; may be killed and started again on the same ports.</summary>
internal sealed class ServiceUnderTest(string dataDirectory) : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private ProductProcess? _process;

    public string DataDirectory { get; } = dataDirectory;
    public int GrpcPort { get; init; } = LoopbackPort.Next();
    public int HttpPort { get; init; } = LoopbackPort.Next();
    public int MqttPort { get; init; } = LoopbackPort.Next();

    /// <summary>The file that says who may what on the MQTT door.</summary>
    public string MqttAccess { get; init; } = Repository.Profile("own-topics-loopback");

    public string GrpcAddress => $"http://127.0.0.1:{GrpcPort}";
    public string HttpAddress => $"http://127.0.0.1:{HttpPort}";

    public ProductProcess Process => _process ?? throw new InvalidOperationException("not started");

    /// <summary>Settings as EE_Section__Key; read at each start.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Program and arguments, for a test that wants to start it under a tracer.</summary>
    public string[] CommandLine =>
    [
        "dotnet", Repository.Assembly("IngestService", "ingest"), "run", "--data", DataDirectory,
        "--grpc-port", GrpcPort.ToString(CultureInfo.InvariantCulture), "--http-port", HttpPort.ToString(CultureInfo.InvariantCulture),
        "--mqtt-port", MqttPort.ToString(CultureInfo.InvariantCulture), "--mqtt-access", MqttAccess,
    ];

    /// <summary>Starts it and does not wait.</summary>
    public void Launch(params string[] tracer)
    {
        string[] command = [.. tracer, .. CommandLine];
        _process = ProductProcess.Start(command[0], command[1..], Environment);
    }

    public async Task StartAsync(params string[] tracer)
    {
        Launch(tracer);
        await Eventually.Holds($"ingest answers at {HttpAddress}/health\n", TimeSpan.FromSeconds(60), async () =>
        {
            if (Process.HasExited)
                throw new InvalidOperationException($"ingest ended with {Process.ExitCode}:\n{Process.Output}");
            using var answer = await Http.GetAsync(new Uri(HttpAddress + "/health"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }, () => Process.Output);
    }

    public GrpcChannel Channel() => GrpcChannel.ForAddress(GrpcAddress);

    /// <summary>By its name: "grpc" or "mqtt".</summary>
    public IReportLine Line(string door, GrpcChannel channel) => door switch
    {
        "grpc" => new GrpcLine(channel),
        "mqtt" => new MqttLine(MqttPort),
        _ => throw new ArgumentOutOfRangeException(nameof(door), door, "no door of that name"),
    };

    public Task KillAsync() => Process.KillAsync();

    public Task<(int Code, string Output)> VerifyAsync() =>
        ProductProcess.RunAsync("dotnet", Repository.Assembly("IngestService", "ingest"), "verify", DataDirectory);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
