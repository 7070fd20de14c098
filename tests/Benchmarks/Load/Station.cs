using System.Net.Http.Json;
using System.Text.Json;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>A service and a station beside it, as ./start runs them.</summary>
internal sealed class Station : IDisposable
{
    private static readonly HttpClient Http = new();

    private readonly ScratchFolder _folder;
    private readonly string _status;

    private Station(ScratchFolder folder, PartProcess service, PartProcess agent, string status)
    {
        (_folder, Service, Agent, _status) = (folder, service, agent, status);
    }

    public PartProcess Service { get; }
    public PartProcess Agent { get; }
    public string Folder => _folder.Path;
    public string Bay => Path.Combine(Folder, "bay");

    public static async Task<Station> StartAsync()
    {
        var folder = new ScratchFolder();
        var (grpc, http, status) = (PartProcess.FreePort(), PartProcess.FreePort(), $"http://127.0.0.1:{PartProcess.FreePort()}");
        var bay = Directory.CreateDirectory(Path.Combine(folder.Path, "bay")).FullName;
        var config = Path.Combine(folder.Path, "agent.json");
        File.WriteAllText(config, JsonSerializer.Serialize(new
        {
            Agent = new { Producer = "dock-bench", DisplayName = "bench", DataDirectory = Path.Combine(folder.Path, "agent"), DeclaredPersistent = true },
            Dock = new { Bays = new[] { new { Number = 1, Path = bay } }, ScanInterval = "00:00:00.100", UnfinishedPatience = "00:00:00.500", Sm3 = false },
            Uplink = new { Address = $"http://127.0.0.1:{grpc}" },
            Upload = new { UploadAll = true, ParallelFiles = 2 },
            Status = new { Listen = status },
        }));
        var service = await PartProcess.StartAsync(PartProcess.Assembly("IngestService", "ingest"),
            ["run", "--data", Path.Combine(folder.Path, "data"), "--grpc-port", $"{grpc}", "--http-port", $"{http}", "--mqtt-port", "0"], $"http://127.0.0.1:{http}/health");
        var agent = await PartProcess.StartAsync(PartProcess.Assembly("EdgeAgent", "edge-agent"), ["run", "--config", config], status + "/status");
        return new Station(folder, service, agent, status);
    }

    public async Task<(int Known, int AtCentre)> ProgressAsync()
    {
        var status = await Http.GetFromJsonAsync<JsonElement>(new Uri(_status + "/status"));
        return (status.GetProperty("filesKnown").GetInt32(), status.GetProperty("filesAtCentre").GetInt32());
    }

    public void Dispose()
    {
        Agent.Dispose();
        Service.Dispose();
        _folder.Dispose();
    }
}
