using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>A real `edge-agent` with two bays and a data directory of its own; may be killed and started again.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private readonly string _config;
    private readonly string _statusAddress;
    private ProductProcess? _process;

    public AgentUnderTest(string root, string serviceAddress, string producer = "dock-test-01")
    {
        Producer = producer;
        DataDirectory = Path.Combine(root, "agent");
        Bays = [Directory.CreateDirectory(Path.Combine(root, "bays", "1")).FullName, Directory.CreateDirectory(Path.Combine(root, "bays", "2")).FullName];
        _statusAddress = $"http://127.0.0.1:{LoopbackPort.Next()}";
        _config = Path.Combine(root, "agent.json");
        File.WriteAllText(_config, JsonSerializer.Serialize(new
        {
            Agent = new { Producer = producer, DisplayName = "测试采集站", DataDirectory, DeclaredPersistent = true },
            Dock = new
            {
                Bays = Bays.Select((path, index) => new { Number = index + 1, Path = path }),
                ScanInterval = "00:00:00.200",
                UnfinishedPatience = "00:00:02",
                AnchorPatience = "00:00:01",
                Sm3 = true,
            },
            Uplink = new { Address = serviceAddress, BackoffMinimum = "00:00:00.100", BackoffMaximum = "00:00:01" },
            Upload = new { UploadAll = true, ParallelFiles = 2 },
            Status = new { Listen = _statusAddress },
        }));
    }

    public string Producer { get; }
    public string DataDirectory { get; }
    public IReadOnlyList<string> Bays { get; }

    /// <summary>Settings as EDGE_AGENT_Section__Key, beside the configuration file.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>How records travel, as Uplink:Transport says it; the MQTT door is asked for at this port.</summary>
    public void UseTransport(string transport, int mqttPort)
    {
        Environment["EDGE_AGENT_Uplink__Transport"] = transport;
        Environment["EDGE_AGENT_Uplink__Mqtt__Port"] = mqttPort.ToString(CultureInfo.InvariantCulture);
    }

    public ProductProcess Process => _process ?? throw new InvalidOperationException("not started");

    /// <summary>Starts it and does not wait.</summary>
    public void Launch() => Launch([]);

    public void Launch(string[] tracer)
    {
        string[] command = [.. tracer, "dotnet", Repository.Assembly("EdgeAgent", "edge-agent"), "run", "--config", _config];
        _process = ProductProcess.Start(command[0], command[1..], Environment);
    }

    public Task StartAsync() => StartAsync([]);

    /// <summary>Under a tracer, for a test that wants the kernel to fail.</summary>
    public async Task StartAsync(string[] tracer)
    {
        Launch(tracer);
        await Eventually.Holds($"edge-agent answers at {_statusAddress}", TimeSpan.FromSeconds(60), async () =>
        {
            if (Process.HasExited)
                throw new InvalidOperationException($"edge-agent ended with {Process.ExitCode}:\n{Process.Output}");
            return await StatusAsync() is not null;
        }, () => Process.Output);
    }

    public async Task<AgentStatus?> StatusAsync() =>
        await Http.GetFromJsonAsync<AgentStatus>(new Uri(_statusAddress + "/status"), TestContext.Current.CancellationToken);

    /// <summary>The episode id, once the spool has flushed the alert; null when the agent is down just now.</summary>
    public async Task<string?> TryAlertAsync(string title)
    {
        try
        {
            using var answer = await Http.PostAsJsonAsync(new Uri(_statusAddress + "/alerts"), new
            {
                Title = title, Kind = "suspected-violation", Severity = "warning", Description = "", Place = "测试", Officer = "000001", Target = title,
            }, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync<AlertAnswer>(TestContext.Current.CancellationToken))?.EpisodeId
                : null;
        }
        catch (HttpRequestException)
        {
            return null; // killed before or while answering: nothing was promised
        }
    }

    public Task<(int Code, string Output)> RunAsync(string verb, params string[] arguments) =>
        ProductProcess.RunAsync("dotnet", [Repository.Assembly("EdgeAgent", "edge-agent"), verb, "--config", _config, .. arguments]);

    public Task KillAsync() => Process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    internal sealed record AlertAnswer(string EpisodeId);

    internal sealed record ClassStatus(string Class, ulong Last, ulong Answered, ulong Unsent);

    internal sealed record ConfigurationStatus(ulong Entry, bool OnTrial, ulong SeenEntry, IReadOnlyList<string> Faults);

    internal sealed record AgentStatus(
        string Uplink, uint Epoch, ulong Unsent, int FilesKnown, int FilesAtCentre, int ProofsMissing, Dictionary<string, string> Alarms, IReadOnlyList<ClassStatus> Classes,
        ConfigurationStatus? Configuration = null)
    {
        public bool IsDone(int files) => Unsent == 0 && FilesKnown == files && FilesAtCentre == files && ProofsMissing == 0;
    }
}
